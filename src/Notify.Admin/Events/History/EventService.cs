using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.LivePages;
using Notify.Admin.Security;

namespace Notify.Admin.Events;

/// <summary>Looking at events, and who heard them and why.</summary>
internal sealed class EventService(EventStore store, DeliveryStore deliveries, ChannelDirectory channels,
    IEventSources sources, IEnumerable<IChannelMatcher> matchers)
{
    private const int MostNew = 100;
    private const int MostDeliveries = 2000;

    /// <summary>One page, newest first.</summary>
    public Task<HistoryList<EventRow>> ListAsync(
        EventFilter filter, PageCursor cursor, int size, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.ListAsync(Clean(filter), cursor, size, IdPages.Budget, cancellationToken);
    }

    /// <summary>How many have come above an id, counted up to 100.</summary>
    public Task<int> CountNewAsync(EventFilter filter, long aboveId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.CountAboveAsync(Clean(filter), aboveId, MostNew, cancellationToken);
    }

    public Task<ChannelNames> ChannelNamesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return channels.ListAsync(cancellationToken);
    }

    /// <summary>What events are posted to, by name.</summary>
    public Task<IReadOnlyList<EventSourceName>> ListSourcesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return sources.ListAsync(cancellationToken);
    }

    /// <summary>The event with every channel: what was decided at intake, and what the rules say now. Null when there is none.</summary>
    public async Task<EventStory?> FindAsync(long rowId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        if (await store.FindAsync(rowId, cancellationToken) is not var (row, stored, version))
        {
            return null;
        }

        var names = await channels.ListAsync(cancellationToken);
        var made = await deliveries.OfEventAsync(rowId, MostDeliveries, cancellationToken);
        var record = EventPayload.ToRecord(stored);
        Dictionary<ChannelKey, ChannelExplanation> now = [];
        foreach (var matcher in matchers)
        {
            foreach (var explanation in (await matcher.GetSnapshotAsync(version, cancellationToken)).Explain(record))
            {
                now[explanation.Channel] = explanation;
            }
        }

        var heard = made.Select(d => Of(d.Channel, names, now.GetValueOrDefault(d.Channel), d)).ToList();
        var others = now.Values.Where(e => heard.TrueForAll(h => h.Channel != e.Channel))
            .Select(e => Of(e.Channel, names, e, null))
            .OrderByDescending(h => h.HearsNow)
            .ThenBy(h => h.Conditions.Count(c => !c.Passed))
            .ThenBy(h => h.Name, StringComparer.CurrentCulture);
        var via = stored.SourceId is { } id ? (await sources.ListAsync(cancellationToken)).FirstOrDefault(source => source.Id == id) : null;
        return new EventStory(
            row, via, stored.State, record.Fields.Link, stored.Json, EventPayload.ReadText(stored.Json), [.. heard, .. others]);
    }

    private static EventFilter Clean(EventFilter filter) =>
        filter with { Text = SearchText.Clean(filter.Text), Source = SearchText.Clean(filter.Source, 1024) };

    private Hearing Of(ChannelKey channel, ChannelNames names, ChannelExplanation? now, DeliveryRow? delivery)
    {
        var name = now?.Name ?? names.Find(channel)?.Name;
        var rules = delivery is not null && channels.IsToldRegardless(delivery.MatchReason) ? null : now;
        return new Hearing(channel, name, delivery, delivery is null ? null : channels.DescribeMatch(channel.Kind, delivery.MatchReason),
            rules?.Hears, rules?.Conditions ?? []);
    }
}
