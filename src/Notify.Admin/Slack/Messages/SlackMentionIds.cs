namespace Notify.Admin.Slack;

/// <summary>The people and user groups that messages mention, as people paste them: ids, mentions (<c>&lt;@U…&gt;</c>,
/// <c>&lt;!subteam^S…&gt;</c>) and links to profiles.</summary>
internal static class SlackMentionIds
{
    /// <summary>More would be a list of its own in the message; a user group calls as many in one.</summary>
    public const int Max = 20;

    /// <summary>Reads ids separated by commas, semicolons, blanks or lines. One that is given twice counts once.</summary>
    /// <param name="refused">The first entry that is no id of a person or user group, or the first one too many; null when all are
    /// good.</param>
    public static bool TryRead(string? text, out IReadOnlyList<string> ids, out string? refused)
    {
        var entries = (text ?? "")
            .Split([',', '，', ';', '；', '、', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(entry => (Entry: entry, Id: SlackIds.Mentionable(entry)))
            .DistinctBy(one => one.Id ?? one.Entry)
            .ToList();
        var wrong = entries.FindIndex(one => one.Id is null);
        refused = wrong >= 0 ? entries[wrong].Entry : entries.Count > Max ? entries[Max].Entry : null;
        ids = refused is null ? [.. entries.Select(one => one.Id!)] : [];
        return refused is null;
    }

    /// <summary>As they are stored, and as the trail writes them.</summary>
    public static string Write(IEnumerable<string> ids) => string.Join(", ", ids);
}
