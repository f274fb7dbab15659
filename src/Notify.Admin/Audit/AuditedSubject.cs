namespace Notify.Admin.Audit;

/// <summary>What entries are about, as an address and the API write it: <c>slack-integration/3</c>.</summary>
public readonly record struct AuditedSubject(string Kind, string Id)
{
    private const int LongestKind = 64;
    private const int LongestId = 450;

    /// <summary>Null where it is not a kind and an id.</summary>
    public static AuditedSubject? Parse(string? text) =>
        text?.IndexOf('/', StringComparison.Ordinal) is { } at and > 0 and <= LongestKind
        && text.Length - at - 1 is > 0 and <= LongestId && !text.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter))
            ? new AuditedSubject(text[..at], text[(at + 1)..])
            : null;

    public override string ToString() => $"{Kind}/{Id}";
}
