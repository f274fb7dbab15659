using System.Text.Json.Nodes;
using Notify.Admin.Api;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>What is in the file, one object at a time: read, created, changed and deleted under the rules of its form, by the service
/// that its form calls.</summary>
internal sealed class ObjectService(IServiceProvider services)
{
    /// <summary>All objects of a section, by id.</summary>
    public async Task<IReadOnlyList<StoredObject>> ListAsync(string section, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var (kind, names) = await ReadAsync(section, actor, cancellationToken);
        return kind.Objects(names);
    }

    /// <summary>Null where there is none.</summary>
    public async Task<StoredObject?> FindAsync(string section, int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return (await ListAsync(section, actor, cancellationToken)).FirstOrDefault(stored => stored.Id == id);
    }

    public async Task<ObjectOutcome> CreateAsync(string section, JsonObject body, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var (kind, names) = await ReadAsync(section, actor, cancellationToken);
        return await kind.SaveAsync(null, body, names, actor, cancellationToken);
    }

    /// <param name="patch">A merge patch (RFC 7396).</param>
    /// <param name="tag">Of the state that the caller has read, or <see cref="EntityTag.Any"/>.</param>
    public async Task<ObjectOutcome> ChangeAsync(
        string section, int id, JsonObject patch, string tag, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var (kind, names) = await ReadAsync(section, actor, cancellationToken);
        return Refusal(kind, names, id, tag) ?? await kind.SaveAsync(id, patch, names, actor, cancellationToken);
    }

    /// <param name="tag">Of the state that the caller has read, or <see cref="EntityTag.Any"/>.</param>
    public async Task<ObjectOutcome> DeleteAsync(string section, int id, string tag, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var (kind, names) = await ReadAsync(section, actor, cancellationToken);
        if (Refusal(kind, names, id, tag) is { } refusal)
        {
            return refusal;
        }

        await kind.DeleteAsync(id, actor, cancellationToken);
        return ObjectOutcome.Deleted;
    }

    /// <summary>Of one object of a section, as it is read and written.</summary>
    public JsonObject SchemaOf(string section) => Kinds().First(kind => kind.Section == section).ObjectSchema;

    private static ObjectOutcome? Refusal(IObjectKind kind, ConfigNames names, int id, string tag) =>
        kind.Objects(names).FirstOrDefault(stored => stored.Id == id) is not { } standing ? ObjectOutcome.Gone
            : tag == EntityTag.Any || tag == standing.Tag ? null : ObjectOutcome.Outdated;

    private async Task<(IObjectKind Kind, ConfigNames Names)> ReadAsync(
        string section, Actor actor, CancellationToken cancellationToken)
    {
        var names = new ConfigNames();
        IObjectKind? found = null;
        foreach (var kind in Kinds().Where(kind => kind.IsSpokenOf || kind.Section == section))
        {
            if (kind.Section == section)
            {
                actor.Demand(kind.ReadPolicy);
                found = kind;
            }

            // By what names others are called, whoever may see one of them may know.
            await kind.ReadAsync(names, kind.Section == section ? actor : Actor.System, cancellationToken);
        }

        return (found ?? throw new ArgumentException($"There is no section {section}.", nameof(section)), names);
    }

    private IEnumerable<IObjectKind> Kinds() => services.GetServices<IConfigKind>().OfType<IObjectKind>();
}
