namespace Notify.Admin.Slack;

/// <summary>The shape of Slack's channel ids: opaque and case-sensitive, <c>C…</c> for channels, <c>G…</c> for old private ones, <c>D…</c>
/// for direct messages.</summary>
internal static class SlackChannelId
{
    public const int MaxLength = 64;

    /// <summary>2 to 64 ASCII letters and digits that begin with C, G or D; a channel's name is not an id.</summary>
    public static bool IsWellFormed(string? id) =>
        id is { Length: >= 2 and <= MaxLength } && id[0] is ('C' or 'G' or 'D') && id.All(char.IsAsciiLetterOrDigit);
}
