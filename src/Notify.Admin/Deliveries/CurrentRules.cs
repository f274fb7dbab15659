using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>The rules of every kind of channel as they stand in the store.</summary>
internal sealed class CurrentRules(ChangeFeed feed, IEnumerable<IChannelMatcher> matchers, EarlierEvents earlier)
{
    public async Task<IReadOnlyDictionary<ChannelKind, IMatcherSnapshot>> ReadAsync(CancellationToken cancellationToken)
    {
        var version = await feed.VersionAsync(ChangeAreas.Channels, cancellationToken);
        Dictionary<ChannelKind, IMatcherSnapshot> snapshots = [];
        foreach (var matcher in matchers.OrderBy(matcher => matcher.Kind))
        {
            snapshots[matcher.Kind] = await matcher.GetSnapshotAsync(version, cancellationToken);
        }

        return snapshots;
    }

    /// <summary>The event with what these rules ask the store about it: whether the same came before.</summary>
    public Task<EventRecord> KnowAsync(IReadOnlyDictionary<ChannelKind, IMatcherSnapshot> snapshots, EventRecord record,
        CancellationToken cancellationToken) =>
        earlier.KnowAsync(record, snapshots.Values.Select(snapshot => snapshot.NewDays).DefaultIfEmpty().Max(), cancellationToken);
}
