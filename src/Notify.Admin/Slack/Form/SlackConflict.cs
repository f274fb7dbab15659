namespace Notify.Admin.Slack;

/// <summary>One field where what somebody else saved and what is typed here differ.</summary>
/// <param name="Field">The form model's property.</param>
/// <param name="Theirs">The stored value; for the token its last four characters.</param>
/// <param name="Mine">The typed value; for the token null when it was left alone.</param>
public sealed record SlackConflictField(string Field, string Theirs, string? Mine, bool TheyChanged, bool IChanged);

/// <summary>Compares three states of one integration: what a form started from, what is stored now, and what is typed.</summary>
internal static class SlackConflict
{
    /// <summary>The fields to decide about; empty when nothing that they changed would be overwritten, so that saving needs no
    /// question.</summary>
    public static IReadOnlyList<SlackConflictField> Compare(SlackIntegrationView original, SlackIntegrationView theirs,
        SlackIntegrationFormModel mine)
    {
        var differing = SlackFormField.All
            .Where(field => field.Differs(theirs.Values, mine))
            .Select(field => new SlackConflictField(
                field.Name,
                field.Read(theirs.Values),
                field.Read(mine),
                field.Differs(original.Values, theirs.Values),
                field.Differs(original.Values, mine)))
            .ToList();

        var tokenReplaced = original.TokenMark != theirs.TokenMark;
        if (mine.HasToken || tokenReplaced)
        {
            differing.Add(new SlackConflictField(SlackFormField.Token, theirs.HasOwnToken
                ? $"…{theirs.TokenLastFour}" : "", LastFour(mine.Token), tokenReplaced, mine.HasToken));
        }

        return differing.Exists(field => field.TheyChanged) ? differing : [];
    }

    private static string? LastFour(string? token) => token?.Trim() switch
    {
        null or "" => null,
        { Length: >= 12 } text => $"…{text[^4..]}",
        _ => "…••••",
    };
}
