using System.Text.Json.Nodes;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>The objects of a section one by one, with the keys that they have in the file. Good for one reading, after
/// <see cref="IConfigKind.ReadAsync"/>.</summary>
internal interface IObjectKind : IConfigKind
{
    /// <summary>Others speak of them by their names.</summary>
    bool IsSpokenOf { get; }

    /// <summary>Of whoever reads them.</summary>
    string ReadPolicy { get; }

    /// <summary>Of one object, as it is read and written.</summary>
    JsonObject ObjectSchema { get; }

    /// <summary>All of them, by id.</summary>
    IReadOnlyList<StoredObject> Objects(ConfigNames names);

    /// <summary>Creates one, or changes what a merge patch (RFC 7396) says of one.</summary>
    /// <param name="id">Null creates; then the patch is of an object that has its defaults.</param>
    Task<ObjectOutcome> SaveAsync(int? id, JsonObject patch, ConfigNames names, Actor actor, CancellationToken cancellationToken);

    Task DeleteAsync(int id, Actor actor, CancellationToken cancellationToken);
}

/// <param name="Tag">Tells one state of it from another.</param>
/// <param name="Json">Without secrets.</param>
internal sealed record StoredObject(int Id, string Tag, JsonObject Json);

internal enum ObjectResult
{
    Done = 1,

    /// <summary>What was asked for breaks a rule; nothing was changed.</summary>
    Invalid = 2,

    /// <summary>It is not as the caller read it; nothing was changed.</summary>
    Outdated = 3,

    Gone = 4,
}

/// <param name="Object">As it is stored now.</param>
internal sealed record ObjectOutcome(ObjectResult Result, StoredObject? Object, IReadOnlyList<ConfigProblem> Problems)
{
    public static readonly ObjectOutcome Deleted = new(ObjectResult.Done, null, []);

    public static readonly ObjectOutcome Outdated = new(ObjectResult.Outdated, null, []);

    public static readonly ObjectOutcome Gone = new(ObjectResult.Gone, null, []);

    public static ObjectOutcome Done(StoredObject stored) => new(ObjectResult.Done, stored, []);

    public static ObjectOutcome Invalid(IReadOnlyList<ConfigProblem> problems) => new(ObjectResult.Invalid, null, problems);
}
