using Microsoft.Extensions.Options;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.RuleBuilder;

/// <summary>Past events for whoever tries rules on them. Nothing is sent and nothing is stored.</summary>
internal sealed class PastEventService(
    PastEventStore store, EarlierEvents earlier, IOptionsMonitor<RetentionOptions> retention, TimeProvider time)
{
    private static readonly TimeSpan Silence = TimeSpan.FromDays(30);

    /// <summary>The last seven days of the reader, today included.</summary>
    public async Task<PastEvents> CountAsync(TimeZoneInfo zone, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var now = time.GetUtcNow();
        var first = TimeZoneInfo.ConvertTime(now, zone).Date.AddDays(1 - PastEvents.Days);
        var from = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(ValidIn(zone, first), zone), TimeSpan.Zero);
        return new PastEvents(DateOnly.FromDateTime(first), now, await store.CountShapesAsync(from, cancellationToken));
    }

    /// <summary>Newest first; those deleted since are left out.</summary>
    public Task<IReadOnlyList<IncomingEvent>> FindAsync(IReadOnlyCollection<long> rowIds, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.FindAsync(rowIds, cancellationToken);
    }

    /// <summary>The newest events as own rules read them.</summary>
    /// <param name="newDays">How many days the rules look back for the same event; 0 where none does.</param>
    public async Task<SeenEvents> ListNewestAsync(int newDays, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var newest = (await store.ListNewestAsync(SeenEvents.Most, cancellationToken)).Reverse()
            .Select(stored => (Record: EventPayload.ToRecord(stored), At: stored.ReceivedAt)).ToList();
        // As far back as any rule may look, since days are typed.
        var seen = newDays == 0 ? new TimeSpan?[newest.Count]
            : await earlier.FindAsync(newest, _ => true, NewCondition.MostDays, cancellationToken);
        return new SeenEvents([.. newest.Zip(seen, (one, ago) => OwnRuleEvent.FactsOf(one.Record with { SeenAgo = ago }))],
            newDays > 0, retention.CurrentValue.Days);
    }

    /// <summary>The alert types without any event in the last 30 days; none where there was no security alert at all.</summary>
    public async Task<IReadOnlyList<AlertType>> ListSilentAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var heard = await store.ListTypesAsync(time.GetUtcNow() - Silence, cancellationToken);
        return heard.Count == 0 ? [] : [.. Vocabulary.AlertTypes.Where(type => !heard.Contains(type.Suffix))];
    }

    // Where summer time begins at midnight, that midnight does not exist.
    private static DateTime ValidIn(TimeZoneInfo zone, DateTime local) => zone.IsInvalidTime(local) ? local.AddHours(1) : local;
}
