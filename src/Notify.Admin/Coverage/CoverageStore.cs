using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Events;
using Notify.Admin.Rules;

namespace Notify.Admin.Coverage;

/// <summary>Counts the events of the map's cells, over the range of keys that begins with the time that is looked at: the cost grows with
/// its events, not with the table, and the answer with the kinds of events.</summary>
internal sealed class CoverageStore(IDbContextFactory<NotifyDbContext> contexts)
{
    // Kinds of events that are read at most, the most frequent first: whoever posts can make up types without end.
    private const int MostKinds = 2000;

    private static readonly string[] ByEventType = [.. TypesSortedBy(Vocabulary.EventType)];
    private static readonly string[] ByType = [.. TypesSortedBy(Vocabulary.Type)];

    // Every spelling of a value that is a row; other values are one kind together.
    private static readonly string[] Spellings =
    [
        .. Vocabulary.AlertTypes.Select(AlertClass.SubKeyOf).OfType<AlertTypeKey>().SelectMany(key => key.ConcreteValues)
            .SelectMany(value => value.Aliases.Prepend(value.Literal)).Distinct(StringComparer.Ordinal),
    ];

    /// <param name="groupId">Of this asset group alone; null for all.</param>
    public async Task<IReadOnlyList<KindCount>> CountAsync(DateTimeOffset from, string? groupId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await EventIndex.WithinAsync(context, from, null, cancellationToken) is not { } within)
        {
            return [];
        }

        return await Since(context, within.From, from, groupId)
            .Select(e => new
            {
                Type = e.AlertType == null ? e.Type : "",
                e.AlertType,
                SubType = ByEventType.Contains(e.AlertType) ? e.EventType : ByType.Contains(e.AlertType) ? e.SubType : null,
                e.Severity,
                e.SourceId,
                e.MatchCount,
            })
            .Select(e => new
            {
                e.Type, e.AlertType, SubType = Spellings.Contains(e.SubType) ? e.SubType! : "", e.Severity, e.SourceId, e.MatchCount,
            })
            .GroupBy(e => new { e.Type, e.AlertType, e.SubType, e.Severity, e.SourceId })
            .Select(g => new KindCount
            {
                Type = g.Key.Type,
                AlertType = g.Key.AlertType,
                SubType = g.Key.SubType,
                Severity = g.Key.Severity,
                SourceId = g.Key.SourceId,
                Count = g.LongCount(),
                Unmatched = g.LongCount(e => e.MatchCount == 0),
            })
            .OrderByDescending(kind => kind.Count).Take(MostKinds)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The newest events of a class.</summary>
    public async Task<IReadOnlyList<long>> NewestAsync(
        EventClass events, DateTimeOffset from, int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await EventIndex.WithinAsync(context, from, null, cancellationToken) is not { } within)
        {
            return [];
        }

        var found = Since(context, within.From, from, events.GroupId).Where(e => e.Severity == events.Severity);
        if (Vocabulary.FindByType(events.Type) is not { } alertType)
        {
            found = found.Where(e => e.Type == events.Type);
        }
        else
        {
            found = found.Where(e => e.AlertType == alertType.Suffix);
            if (events.SubType is { } subType && AlertClass.SubKeyOf(alertType) is { } key)
            {
                string[] spellings = key.Find(subType) is { } value ? [value.Literal, .. value.Aliases] : Spellings;
                var isOther = subType == EventClass.OtherSubType;
                found = key.Name == Vocabulary.EventType
                    ? found.Where(e => (e.EventType != null && spellings.Contains(e.EventType)) != isOther)
                    : found.Where(e => (e.SubType != null && spellings.Contains(e.SubType)) != isOther);
            }
        }

        return await found.OrderByDescending(e => e.Id).Select(e => e.Id).Take(most).ToListAsync(cancellationToken);
    }

    private static IQueryable<IncomingEvent> Since(NotifyDbContext context, long first, DateTimeOffset from, string? groupId)
    {
        var events = context.Events.Where(e => e.Id >= first && e.ReceivedAt >= from && e.Type != UnmappedEvent.Type);
        return groupId is null ? events : events.Where(e => e.GroupId == groupId);
    }

    private static IEnumerable<string> TypesSortedBy(string key) => Vocabulary.AlertTypes
        .Where(type => AlertClass.SubKeyOf(type)?.Name == key).Select(type => type.Suffix);

    /// <summary>Events that the map does not tell apart.</summary>
    public sealed class KindCount
    {
        /// <summary>CloudEvents <c>type</c>; empty for an alert.</summary>
        public string Type { get; init; } = "";

        public string? AlertType { get; init; }

        /// <summary>A spelling of a known value; empty for others and none.</summary>
        public string SubType { get; init; } = "";

        public Severity Severity { get; init; }

        public int? SourceId { get; init; }

        public long Count { get; init; }

        public long Unmatched { get; init; }
    }
}
