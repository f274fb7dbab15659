using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Compares three states of one workspace: what a form started from, what is stored now, and what is typed. A renewed pair of
/// tokens is no change by anybody.</summary>
internal static class SlackWorkspaceConflict
{
    public static bool IsConflict(SlackWorkspaceView original, SlackWorkspaceView theirs, SlackWorkspaceFormModel mine) =>
        original.Version != theirs.Version && Compare(original, theirs, mine).Count > 0;

    /// <summary>The fields to decide about; empty when nothing that they changed would be overwritten.</summary>
    public static IReadOnlyList<SlackConflictField> Compare(SlackWorkspaceView original, SlackWorkspaceView theirs,
        SlackWorkspaceFormModel mine)
    {
        List<SlackConflictField> fields = [];
        if (theirs.Name != mine.Name.Trim())
        {
            fields.Add(new SlackConflictField(nameof(mine.Name), theirs.Name, mine.Name.Trim(), original.Name != theirs.Name,
                original.Name != mine.Name.Trim()));
        }

        var botChanged = original.BotTokenMark != theirs.BotTokenMark;
        if (mine.HasBotToken || botChanged)
        {
            fields.Add(new SlackConflictField(nameof(mine.BotToken), $"…{theirs.BotTokenLastFour}", LastFour(mine.BotToken), botChanged,
                mine.HasBotToken));
        }

        if (mine.HasConfigToken)
        {
            // Whose pair it was cannot be told from a renewal; typing one means to replace it.
            fields.Add(new SlackConflictField(nameof(mine.ConfigToken), $"…{theirs.Pair.ConfigTokenLastFour}", LastFour(mine.ConfigToken),
                false, true));
        }

        return fields.Exists(field => field.TheyChanged && field.IChanged) ? fields : [];
    }

    private static string? LastFour(string? token) => token?.Trim() switch
    {
        null or "" => null,
        { Length: >= 12 } text => $"…{text[^4..]}",
        _ => "…••••",
    };
}
