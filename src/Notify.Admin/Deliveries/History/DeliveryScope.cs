using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>A filter brought to what indexes can answer: a range of ids, the events it names, and whether anything is left for which each
/// row must be looked at.</summary>
internal sealed class DeliveryScope
{
    private readonly DeliveryFilter _filter;
    private IReadOnlyList<long>? _events;
    private string? _text;
    private string? _source;

    private DeliveryScope(DeliveryFilter filter) => _filter = filter;

    public IdRange Range { get; private set; } = IdRange.All;

    /// <summary>True when no index answers the filter.</summary>
    public bool IsScan => _text is not null || _source is not null || _filter.SourceId is not null;

    /// <summary>Null when nothing can match.</summary>
    public static async Task<DeliveryScope?> OfAsync(NotifyDbContext context, EventTextIndex texts, DeliveryFilter filter, TimeSpan budget,
        CancellationToken cancellationToken)
    {
        var scope = new DeliveryScope(filter);
        return await scope.BoundAsync(context, cancellationToken) && await scope.FindAsync(context, texts, budget, cancellationToken)
            ? scope : null;
    }

    /// <summary>The range between rows that exist: ids may begin high where old rows were deleted.</summary>
    public async Task<IdRange> ExistingAsync(NotifyDbContext context, CancellationToken cancellationToken)
    {
        var lowest = await context.Deliveries.OrderBy(d => d.Id).Select(d => d.Id).FirstOrDefaultAsync(cancellationToken);
        var highest = await context.Deliveries.OrderByDescending(d => d.Id).Select(d => d.Id).FirstOrDefaultAsync(cancellationToken);
        return new IdRange(Math.Max(Range.From, lowest), Math.Min(Range.Below, highest + 1));
    }

    /// <summary>Ids of a range that match.</summary>
    public async Task<IReadOnlyList<long>> ReadAsync(NotifyDbContext context, IdRange range, bool newestFirst, int most,
        CancellationToken cancellationToken)
    {
        if (range.IsEmpty)
        {
            return [];
        }

        if (IsScan)
        {
            return await SearchAsync(context, range, newestFirst, most, cancellationToken);
        }

        List<long> ids = [];
        foreach (var (deliveries, states) in Branches(context))
        {
            var matching = Matching(deliveries, states, range);
            matching = newestFirst ? matching.OrderByDescending(d => d.Id) : matching.OrderBy(d => d.Id);
            ids.AddRange(await matching.Select(d => d.Id).Take(most).ToListAsync(cancellationToken));
        }

        return [.. (newestFirst ? ids.Distinct().OrderDescending() : ids.Distinct().Order()).Take(most)];
    }

    // Reading a range of events in order costs a fraction of looking up the event of each delivery.
    private async Task<IReadOnlyList<long>> SearchAsync(NotifyDbContext context, IdRange range, bool newestFirst, int most,
        CancellationToken cancellationToken)
    {
        var bounds = await context.Deliveries.Where(d => d.Id >= range.From && d.Id < range.Below).GroupBy(_ => 1)
            .Select(g => new { First = g.Min(d => d.EventRowId), Last = g.Max(d => d.EventRowId) }).SingleOrDefaultAsync(cancellationToken);
        if (bounds is null)
        {
            return [];
        }

        var events = context.Events.Where(e => e.Id >= bounds.First && e.Id <= bounds.Last);
        if (_source is { } source)
        {
            events = events.Where(e => e.Source == source);
        }

        if (_filter.SourceId is { } via)
        {
            events = events.Where(e => e.SourceId == via);
        }

        if (_text is { } text)
        {
            events = events.Holding(text);
        }

        // A small range of ids, which is read whole.
        var matching = Matching(context.Deliveries, _filter.States, range).Where(d => events.Select(e => e.Id).Contains(d.EventRowId));
        matching = newestFirst ? matching.OrderByDescending(d => d.Id) : matching.OrderBy(d => d.Id);
        return await matching.Select(d => d.Id).Take(most).ToListAsync(cancellationToken);
    }

    // An index that begins with the state is in the order of ids only within one state, and the one by channel within one part: each is
    // read by itself and the newest win.
    private IEnumerable<(IQueryable<Delivery> Deliveries, IReadOnlyList<DeliveryState> States)> Branches(NotifyDbContext context)
    {
        if (_events is not null || (_filter.States.Count == 0 && _filter.Channel is null))
        {
            return [(context.Deliveries, _filter.States)];
        }

        var states = (_filter.States.Count > 0 ? _filter.States : DeliveryStates.All).Distinct();
        return (_filter.Channel is null ? [context.Deliveries] : context.EachByChannel())
            .SelectMany(_ => states, (deliveries, state) => (deliveries, (IReadOnlyList<DeliveryState>)[state]));
    }

    private IQueryable<Delivery> Matching(IQueryable<Delivery> deliveries, IReadOnlyList<DeliveryState> states, IdRange range)
    {
        deliveries = deliveries.AsNoTracking();
        if (range.From > 0)
        {
            deliveries = deliveries.Where(d => d.Id >= range.From);
        }

        if (range.Below < long.MaxValue)
        {
            deliveries = deliveries.Where(d => d.Id < range.Below);
        }

        if (_events is { } events)
        {
            deliveries = deliveries.Where(d => events.Contains(d.EventRowId));
        }

        if (states is [var only])
        {
            deliveries = deliveries.Where(d => d.State == only);
        }
        else if (states.Count > 0)
        {
            deliveries = deliveries.Where(d => states.Contains(d.State));
        }

        if (_filter.Channel is { } channel)
        {
            deliveries = deliveries.Where(d => d.ChannelKind == channel.Kind && d.ChannelId == channel.Id);
        }

        if (_filter.From is { } from)
        {
            deliveries = deliveries.Where(d => d.CreatedAt >= from);
        }

        if (_filter.To is { } to)
        {
            deliveries = deliveries.Where(d => d.CreatedAt < to);
        }

        return deliveries;
    }

    // Deliveries are made in the transaction of their event, so their ids rise with those of the events.
    private async Task<bool> BoundAsync(NotifyDbContext context, CancellationToken cancellationToken)
    {
        if (await EventIndex.WithinAsync(context, _filter.From, _filter.To, cancellationToken) is not { } events)
        {
            return false;
        }

        if (events.From > 0)
        {
            if (await EventIndex.FirstDeliveryAsync(context, events.From, cancellationToken) is not { } first)
            {
                return false;
            }

            Range = Range with { From = first };
        }

        if (events.Below < long.MaxValue && await EventIndex.FirstDeliveryAsync(context, events.Below, cancellationToken) is { } after)
        {
            Range = Range with { Below = after };
        }

        return true;
    }

    private async Task<bool> FindAsync(NotifyDbContext context, EventTextIndex texts, TimeSpan budget, CancellationToken cancellationToken)
    {
        _source = _filter.Source;
        if (_filter.EventId is { } eventId)
        {
            _events = await EventIndex.WithIdAsync(context, eventId, _source, cancellationToken);
            _source = null;
            if (_events.Count == 0)
            {
                return false;
            }
        }

        if (_filter.Text is not { } text)
        {
            return true;
        }

        if (ShortIds.ToDelivery(text) is { } id && await context.Deliveries.AnyAsync(d => d.Id == id, cancellationToken))
        {
            Range = new IdRange(Math.Max(Range.From, id), Math.Min(Range.Below, id + 1));
            return true;
        }

        if (await EventIndex.SearchAsync(context, texts, text, budget, cancellationToken) is not { } named)
        {
            _text = text;
            return true;
        }

        _events = _events is null ? named : [.. _events.Intersect(named)];
        return _events.Count > 0;
    }
}
