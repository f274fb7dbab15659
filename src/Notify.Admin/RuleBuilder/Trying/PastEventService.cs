using Notify.Admin.Channels;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.RuleBuilder;

/// <summary>Past events for whoever tries rules on them. Nothing is sent and nothing is stored.</summary>
internal sealed class PastEventService(PastEventStore store, TimeProvider time)
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
    public async Task<SeenEvents> ListNewestAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var newest = await store.ListNewestAsync(SeenEvents.Most, cancellationToken);
        return new SeenEvents([.. newest.Select(stored => OwnRuleEvent.FactsOf(EventPayload.ToRecord(stored)))]);
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
