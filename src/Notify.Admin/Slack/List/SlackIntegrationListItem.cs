using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>One line of the list.</summary>
/// <param name="Health">Null before anything was sent.</param>
/// <param name="History">The last 24 hours, oldest first.</param>
/// <param name="Workspace">Whose token it posts with; null where it has one of its own.</param>
public sealed record SlackIntegrationListItem(
    SlackIntegrationView Integration, ChannelHealth? Health, IReadOnlyList<HourOfSending> History, SlackConnectionChoice? Workspace = null)
{
    /// <summary>Whether name, channel, workspace or the token's last four characters contain every word of
    /// <paramref name="search"/>.</summary>
    public bool Matches(string? search) =>
        (search ?? "").Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).All(word =>
        Contains(Integration.Values.Name, word)
        || Contains(Integration.Values.ChannelId, word)
        || Contains($"#{Integration.Values.ChannelName}", word)
        || Contains(Workspace?.Name ?? $"…{Integration.TokenLastFour}", word));

    private static bool Contains(string text, string word) => text.Contains(word, StringComparison.CurrentCultureIgnoreCase);
}
