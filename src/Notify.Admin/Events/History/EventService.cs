using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.LivePages;
using Notify.Admin.Security;

namespace Notify.Admin.Events;

/// <summary>Looking at events, and who heard them and why.</summary>
internal sealed class EventService(EventStore store, DeliveryStore deliveries, ChannelDirectory channels,
    AcknowledgementStore acknowledgements, IEventSources sources, IUnmappedEvents unmapped, CurrentRules rules)
{
    private const int MostDeliveries = 2000;

    // Of those that did not hear it: nobody reads more, and there may be a hundred thousand.
    private const int MostOthers = 12;

    /// <summary>One page, newest first.</summary>
    public async Task<HistoryList<EventRow>> ListAsync(
        EventFilter filter, PageCursor cursor, int size, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var page = await store.ListAsync(Clean(filter), cursor, size, IdPages.Budget, cancellationToken);
        return page with { Rows = await MarkAsync(page.Rows, cancellationToken) };
    }

    /// <summary>The rows with these ids as they are now, newest first.</summary>
    public async Task<IReadOnlyList<EventRow>> RefreshAsync(IReadOnlyCollection<long> ids, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await MarkAsync(await store.RowsAsync(ids, cancellationToken), cancellationToken);
    }

    /// <summary>The newest events that a text names by their id, or by its beginning.</summary>
    public async Task<IReadOnlyList<EventRow>> FindNamedAsync(string text, int most, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return SearchText.Clean(text) is { } clean ? await store.NamedAsync(clean, most, cancellationToken) : [];
    }

    /// <summary>How many have come above an id, counted up to <see cref="HistoryList.MostNew"/>.</summary>
    public Task<int> CountNewAsync(EventFilter filter, long aboveId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.CountAboveAsync(Clean(filter), aboveId, HistoryList.MostNew, cancellationToken);
    }

    /// <summary>What events are posted to, by name.</summary>
    public Task<IReadOnlyList<EventSourceName>> ListSourcesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return sources.ListAsync(cancellationToken);
    }

    /// <summary>The event with the channels that heard it and those that came nearest: what was decided at intake, and what the rules say
    /// now. Null when there is none.</summary>
    public async Task<EventStory?> FindAsync(long rowId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        if (await store.FindAsync(rowId, cancellationToken) is not var (row, stored))
        {
            return null;
        }

        var made = await deliveries.OfEventAsync(rowId, MostDeliveries, cancellationToken);
        var current = await rules.ReadAsync(cancellationToken);
        var record = await rules.KnowAsync(current, EventPayload.ToRecord(stored), cancellationToken);
        ChannelExplanation? Now(ChannelKey channel) => current.GetValueOrDefault(channel.Kind)?.Explain(record, channel.Id);

        var heard = made.Select(d => d.Channel).ToHashSet();
        var others = current.Values.SelectMany(snapshot => snapshot.Measure(record)).Where(d => !heard.Contains(d.Channel)).ToList();
        var via = stored.SourceId is { } id ? (await sources.ListAsync(cancellationToken)).FirstOrDefault(source => source.Id == id) : null;
        return new EventStory(
            (await MarkAsync([row], cancellationToken))[0], via, stored.State, record.Fields.Link,
            stored.Json, EventPayload.ReadText(stored.Json),
            [
                .. made.Select(d => Of(d.Channel, Now(d.Channel), d)),
                .. others.OrderBy(d => d.Away).Take(MostOthers).Select(d => Of(d.Channel, Now(d.Channel), null)),
            ],
            Math.Max(0, others.Count - MostOthers))
        {
            HeldBack = stored.HeldBack,
            Inhibited = stored.Inhibition is { } inhibition ? new Inhibited(inhibition, stored.InhibitedBy) : null,
            Unmapped = stored is { Type: UnmappedEvent.Type, SourceId: not null }
                ? new UnmappedStory(unmapped.ReasonsOf(stored.Json), await store.FindReplacementsAsync(stored, cancellationToken)) : null,
        };
    }

    private async Task<IReadOnlyList<EventRow>> MarkAsync(IReadOnlyList<EventRow> rows, CancellationToken cancellationToken)
    {
        var acknowledged = await acknowledgements.OfEventsAsync([.. rows.Select(row => row.Event.RowId)], cancellationToken);
        return [.. rows.Select(row => row with { Acknowledged = acknowledged.GetValueOrDefault(row.Event.RowId) })];
    }

    private static EventFilter Clean(EventFilter filter) =>
        filter with { Text = SearchText.Clean(filter.Text), Source = SearchText.Clean(filter.Source, 1024) };

    private Hearing Of(ChannelKey channel, ChannelExplanation? now, DeliveryRow? delivery)
    {
        var rules = delivery is not null && channels.IsToldRegardless(delivery.MatchReason) ? null : now;
        return new Hearing(channel, now?.Name, delivery,
            delivery is null ? null : channels.DescribeMatch(channel.Kind, delivery.MatchReason), rules?.Hears, rules?.Conditions ?? []);
    }
}
