using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>One line of the list.</summary>
/// <param name="Health">Null before anything was sent.</param>
/// <param name="History">The last 24 hours, oldest first.</param>
public sealed record SlackIntegrationListItem(SlackIntegrationView Integration, ChannelHealth? Health, IReadOnlyList<HourOfSending> History)
{
    /// <summary>Whether name, channel or the token's last four characters contain every word of <paramref name="search"/>.</summary>
    public bool Matches(string? search) => (search ?? "").Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).All(word =>
        Contains(Integration.Values.Name, word)
        || Contains(Integration.Values.ChannelId, word)
        || Contains($"#{Integration.Values.ChannelName}", word)
        || Contains($"…{Integration.TokenLastFour}", word));

    private static bool Contains(string text, string word) => text.Contains(word, StringComparison.CurrentCultureIgnoreCase);
}
