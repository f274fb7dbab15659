using Notify.Admin.Security;

namespace Notify.Admin.Bell;

/// <summary>One cause that needs somebody, as the bell shows it.</summary>
/// <param name="Key">Which cause it is, in every language the same.</param>
/// <param name="Sentence">What is the matter with what, in the reader's language.</param>
/// <param name="Text">Cause and fix, in the reader's language.</param>
/// <param name="Href">Where it is dealt with, without a leading slash.</param>
/// <param name="Since">Since when, of several the newest; null where nobody knows.</param>
/// <param name="IsUrgent">Something does not work until it is dealt with.</param>
public sealed record Notice(string Key, string Sentence, string? Text, string? Code, string Href, DateTimeOffset? Since, bool IsUrgent)
{
    /// <summary>Who may open that page, of <see cref="Policies"/>.</summary>
    public string Policy { get; init; } = Policies.View;
}
