namespace Notify.Admin.LiveForms;

/// <summary>One setting of a form, for whatever goes through all of them.</summary>
/// <param name="Name">The model's property; its label is the text <c>Field.Name</c>.</param>
/// <param name="AuditName">What the audit trail calls it.</param>
/// <param name="Read">Its value, without language: equal where nothing has changed.</param>
/// <param name="Copy">Takes it from the first model into the second.</param>
public sealed record FormField<TModel>(string Name, string AuditName, Func<TModel, string> Read, Action<TModel, TModel> Copy)
{
    /// <summary>A test shows it, or goes by it.</summary>
    public bool IsTested { get; init; }

    /// <summary>Sets it to what was read before; null where that is too brief to be set again.</summary>
    public Action<TModel, string>? Write { get; init; }

    public bool Differs(TModel one, TModel other) => Read(one) != Read(other);
}

/// <summary>A secret that a form takes and never shows: not in drafts, conflicts or the trail, but for its last characters.</summary>
/// <param name="Name">The model's property.</param>
/// <param name="AuditName">What the audit trail calls it.</param>
/// <param name="Typed">What is typed; null where the stored one is kept.</param>
/// <param name="Copy">Takes it from the first model into the second.</param>
/// <param name="Tail">What a conflict shows of the stored one.</param>
/// <param name="Mark">Tells one stored secret from another without saying anything about it; null where that says nothing about who
/// changed it.</param>
public sealed record FormSecret<TStored, TModel>(
    string Name, string AuditName, Func<TModel, string?> Typed, Action<TModel, TModel> Copy, Func<TStored, string?> Tail,
    Func<TStored, string?> Mark)
{
    /// <summary>The secret that it belongs to: whoever chooses that one chooses this one with it.</summary>
    public string? PartOf { get; init; }

    /// <summary>What the trail shows of the stored one, where that is not <see cref="Tail"/>.</summary>
    public Func<TStored, string?>? Audited { get; init; }

    public string? Described(TStored stored) => (Audited ?? Tail)(stored);

    internal ConflictField? Compare(TStored original, TStored theirs, TModel mine)
    {
        var typed = Typed(mine);
        var isOther = Mark(original) != Mark(theirs);
        return PartOf is null && (isOther || typed is not null)
            ? new ConflictField(Name, Tail(theirs) ?? "", LastFour(typed), isOther, typed is not null) : null;
    }

    private static string? LastFour(string? typed) => typed?.Trim() switch
    {
        null or "" => null,
        { Length: >= 12 } text => $"…{text[^4..]}",
        _ => "…••••",
    };
}

/// <summary>One field where what somebody else saved and what is typed here differ.</summary>
/// <param name="Field">The form model's property.</param>
/// <param name="Theirs">The stored value; for secrets their last four characters.</param>
/// <param name="Mine">The typed value; for secrets null when they were left alone.</param>
public sealed record ConflictField(string Field, string Theirs, string? Mine, bool TheyChanged, bool IChanged);
