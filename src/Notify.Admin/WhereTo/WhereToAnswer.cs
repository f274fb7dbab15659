using Notify.Admin.Channels;
using Notify.Admin.Deliveries;

namespace Notify.Admin.WhereTo;

/// <summary>Which part of an answer is shown.</summary>
/// <param name="Search">Words of the names of channels.</param>
public sealed record WhereToQuery(string? Search, AudiencePage Sent, AudiencePage Missed)
{
    // The number of a page is bounded, so that it times the page's size stays a number.
    private const int LastPage = 10_000;

    public static WhereToQuery Parse(string? search, int? sent, int? missed) => new(
        string.IsNullOrWhiteSpace(search) ? null : search,
        new AudiencePage(Math.Clamp(sent ?? 1, 1, LastPage)),
        new AudiencePage(Math.Clamp(missed ?? 1, 1, LastPage)));
}

/// <summary>Where an event would go, if it came now.</summary>
public sealed record WhereToAnswer(AskedEvent Asked, ListedChannels<SentChannel> Sent, ListedChannels<MissedChannel> Missed)
{
    public int Channels => Sent.Total + Missed.Total;
}

/// <summary>One page of channels.</summary>
/// <param name="Found">How many have the name that is searched for.</param>
/// <param name="Total">How many there are whatever is searched for.</param>
public sealed record ListedChannels<T>(IReadOnlyList<T> Items, AudiencePage Page, int Found, int Total)
{
    public int Pages => AudiencePage.CountOf(Found);
}

/// <summary>A channel that would be sent the event.</summary>
/// <param name="Reason">In the current UI culture.</param>
/// <param name="Trouble">What its last code means, where it would not be sent at once for that.</param>
public sealed record SentChannel(ChannelKey Channel, string Name, string Reason, SendingForecast When, string? Trouble);

/// <summary>A channel that would not be sent it.</summary>
/// <param name="IsNear">One condition alone stops it.</param>
public sealed record MissedChannel(ChannelKey Channel, string Name, bool IsNear, IReadOnlyList<ExplainedCondition> Conditions)
{
    /// <summary>The first that stopped it.</summary>
    public string? Stopped => Conditions.FirstOrDefault(condition => !condition.Passed)?.Text;
}
