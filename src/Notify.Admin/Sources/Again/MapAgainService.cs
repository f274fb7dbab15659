using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Events;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>Maps payloads again that could not be mapped, by their source's mapping as it is now. What one becomes is stored, with its
/// deliveries, in the commit that marks it as mapped: whoever else does the same, and whenever a process dies, it happens once.</summary>
internal sealed class MapAgainService(
    SourceStore sources, UnmappedStore store, SourceMapper mapper, EventIntake intake, AuditTrail audit, ChangeFeed feed)
{
    /// <summary>So many payloads are mapped at most before the answer.</summary>
    public const int BatchSize = 100;

    // A payload has a million characters at most, and is held with its events while they are stored.
    private const long MostCharacters = 8_000_000;

    /// <summary>How many payloads of each source could not be mapped, and have not been since.</summary>
    public Task<IReadOnlyDictionary<int, int>> CountAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.CountAsync(cancellationToken);
    }

    /// <summary>The same of one source.</summary>
    public Task<int> CountOfAsync(int source, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.CountAsync(source, cancellationToken);
    }

    /// <summary>Maps the next ones of a source, oldest first.</summary>
    /// <param name="after">From <see cref="MapAgainBatch.Next"/>; 0 at the beginning.</param>
    /// <returns>Null where there is no such source.</returns>
    public async Task<MapAgainBatch?> MapNextAsync(int id, long after, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        if (await sources.FindAsync(id, cancellationToken) is not { } source)
        {
            return null;
        }

        var rows = await store.ListAsync(id, after, BatchSize, cancellationToken);
        if (rows.Count == 0)
        {
            return MapAgainBatch.None;
        }

        await RecordAsync(source, actor, rows.Count, cancellationToken);
        var batch = MapAgainBatch.None;
        long characters = 0;
        foreach (var row in rows.TakeWhile(_ => characters < MostCharacters && !batch.IsBusy))
        {
            if (await store.FindAsync(row, cancellationToken) is { } stored)
            {
                characters += stored.Json.Length;
                batch = batch.With(await MapAsync(source, stored, actor));
            }

            after = batch.IsBusy ? after : row;
        }

        feed.Announce(ChangeAreas.Sources);
        return batch with { Next = after == rows[^1] && rows.Count < BatchSize ? null : after };
    }

    /// <summary>Maps one.</summary>
    /// <param name="rowId">Of the event that keeps the payload.</param>
    /// <returns>Null where it has been mapped since, or it or its source is gone.</returns>
    public async Task<MapAgainBatch?> MapOneAsync(long rowId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        if (await store.FindAsync(rowId, cancellationToken) is not { SourceId: { } id } stored
            || await sources.FindAsync(id, cancellationToken) is not { } source)
        {
            return null;
        }

        await RecordAsync(source, actor, 1, cancellationToken);
        var one = await MapAsync(source, stored, actor);
        feed.Announce(ChangeAreas.Sources);
        return one;
    }

    private async Task<MapAgainBatch> MapAsync(Source source, IncomingEvent stored, Actor actor)
    {
        if (UnmappedPayload.Read(stored) is not { } kept)
        {
            return new MapAgainBatch(0, 0, 0,
                [new StillUnmapped(stored.Id, stored.EventId, [new MappingProblem(null, "payload", new Reason("NoPayload"))])], null);
        }

        using var document = kept.Payload.Parse();
        var mapped = mapper.Map(source, source.Mapping, kept.Payload, document).Of(kept.Elements);
        if (mapped.UnmappedParts > 0)
        {
            return new MapAgainBatch(0, 0, 0, [new StillUnmapped(stored.Id, stored.EventId, mapped.Problems)], null);
        }

        // It happened when the payload came, unless the payload says when.
        var result = await intake.AcceptAsync(
            [.. mapped.Events.Select(one => SourceEvents.Of(source, one with { Time = one.Time ?? stored.Time },
                one.Data ?? (mapped.Events.Count == 1 ? document?.RootElement : null)))],
            new EventReplacement(stored.Id, actor.Name));
        return new MapAgainBatch(result.IsBusy ? 0 : 1, result.Accepted, result.Duplicates, [], null, result.IsBusy);
    }

    // Before they are mapped: what a process had begun that died is on record.
    private Task RecordAsync(Source source, Actor actor, int payloads, CancellationToken cancellationToken) => store.RecordAsync(
        audit.Entry(actor, "source.map-again", SourceTrail.SubjectOf(source),
            [new FieldChange("payloads", null, payloads.ToString(CultureInfo.InvariantCulture))]), cancellationToken);
}
