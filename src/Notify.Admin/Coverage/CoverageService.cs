using System.Collections.Concurrent;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Sources;

namespace Notify.Admin.Coverage;

/// <summary>Says which events are heard. Counts are shared by every open page for as long as they are worth what they cost; who hears is
/// asked anew each time, of the compiled rules.</summary>
internal sealed class CoverageService(
    CoverageStore store, EventStore events, CurrentRules rules, SourceStore sources, ChannelDirectory directory, TimeProvider time)
    : IDisposable
{
    private const int MostForeignTypes = 40;

    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _counting = new(1, 1);
    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);

    public void Dispose() => _counting.Dispose();

    /// <summary>With counts that may be a moment old: for a page that is opened.</summary>
    /// <param name="groupId">Of this asset group alone; null for all.</param>
    public async Task<CoverageMap> GetAsync(string? groupId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await GetAsync(groupId, await CountAsync(groupId, mayBeOld: true, cancellationToken), cancellationToken);
    }

    /// <summary>Counted anew: after a change, for every page that is open.</summary>
    public async Task<CoverageMap> CountAsync(string? groupId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await GetAsync(groupId, await CountAsync(groupId, mayBeOld: false, cancellationToken), cancellationToken);
    }

    private async Task<CoverageMap> GetAsync(string? groupId, IReadOnlyList<Counted> counts, CancellationToken cancellationToken)
    {
        var hearing = await HearingAsync(cancellationToken);
        var foreign = counts.Where(kind => kind.Row.AlertType is null && !CoverageRow.Known.Contains(kind.Row))
            .GroupBy(kind => kind.Row)
            // Those that nobody heard are what the map is for, however rare.
            .OrderByDescending(kinds => kinds.Any(kind => kind.Unmatched > 0)).ThenByDescending(kinds => kinds.Sum(kind => kind.Count))
            .Select(kinds => kinds.Key).ToList();
        var byRow = counts.ToLookup(kind => kind.Row);
        // A type's own row has the events of all its sub-types.
        var byType = counts.ToLookup(kind => kind.Row.Type);
        return new CoverageMap(groupId,
        [
            .. CoverageRow.Known.Concat(foreign.Take(MostForeignTypes)).Select(row => new CoverageLine(row,
            [
                .. CoverageMap.Severities.Select(severity => CellOf(row, severity, groupId, hearing,
                    [.. (row.SubType is null ? byType[row.Type] : byRow[row]).Where(kind => kind.Severity == severity)])),
            ])),
        ], Math.Max(0, foreign.Count - MostForeignTypes));
    }

    /// <summary>One cell in full.</summary>
    public async Task<OpenCell> OpenAsync(
        CoverageRow row, Severity severity, string? groupId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var hearing = await HearingAsync(cancellationToken);
        var counts = (await CountAsync(groupId, mayBeOld: true, cancellationToken)).Where(kind => kind.Severity == severity
            && (row.SubType is null ? kind.Row.Type == row.Type : kind.Row == row)).ToList();
        var names = await directory.ListAsync(cancellationToken);
        var asked = row.ToClass(severity, groupId);
        var bound = hearing.BoundTo(counts);
        var channels = hearing.Rules.SelectMany(snapshot => snapshot.Cover(asked)).ToDictionary(cover => cover.Channel,
            cover => (IsWhole: cover.IsWhole || bound.GetValueOrDefault(cover.Channel), IsBySource: false));
        foreach (var (channel, isWhole) in bound)
        {
            channels.TryAdd(channel, (isWhole, true));
        }

        // Those that were deleted since the rules were read have no name.
        var shown = channels.Select(pair => (Name: names.Find(pair.Key)?.Name, pair.Key, pair.Value)).Where(row => row.Name is not null)
            .OrderByDescending(row => row.Value.IsWhole).ThenBy(row => row.Name, StringComparer.CurrentCulture)
            .Select(row => new CoveringChannel(row.Key, row.Name!, row.Value.IsWhole, row.Value.IsBySource))
            .Take(OpenCell.MostChannels).ToList();
        var newest = await store.NewestAsync(asked, From(), OpenCell.MostEvents, cancellationToken);
        return new OpenCell(row, CellOf(row, severity, groupId, hearing, counts), shown, channels.Count - shown.Count,
            await events.RowsAsync(newest, cancellationToken));
    }

    private static CoverageCell CellOf(CoverageRow row, Severity severity, string? groupId, Hearing hearing, IReadOnlyList<Counted> counts)
    {
        var bound = hearing.BoundTo(counts);
        var (whole, part) = (0, 0);
        foreach (var cover in hearing.Rules.SelectMany(snapshot => snapshot.Cover(row.ToClass(severity, groupId))))
        {
            var isWhole = cover.IsWhole | (bound.Count > 0 && bound.Remove(cover.Channel, out var wholly) && wholly);
            (whole, part) = isWhole ? (whole + 1, part) : (whole, part + 1);
        }

        var further = bound.Values.Count(isWhole => isWhole);
        return new CoverageCell(severity, row.CanBe(severity), whole + further, part + bound.Count - further,
            counts.Sum(kind => kind.Count), counts.Sum(kind => kind.Unmatched));
    }

    private DateTimeOffset From() => time.GetUtcNow().AddDays(-CoverageMap.Days);

    private async Task<Hearing> HearingAsync(CancellationToken cancellationToken)
    {
        var names = await directory.ListAsync(cancellationToken);
        var bindings = (await sources.ListAsync(cancellationToken)).ToDictionary(source => source.Id,
            source => (IReadOnlyList<ChannelKey>)[.. SourceEvents.BoundTo(source).Select(match => match.Channel)
                .Where(channel => names.Find(channel) is { IsOn: true })]);
        return new Hearing([.. (await rules.ReadAsync(cancellationToken)).Values], bindings);
    }

    private async Task<IReadOnlyList<Counted>> CountAsync(string? groupId, bool mayBeOld, CancellationToken cancellationToken)
    {
        await _counting.WaitAsync(cancellationToken);
        try
        {
            // They are kept for ten times what they take.
            if (mayBeOld && _held.TryGetValue(groupId ?? "", out var held)
                && time.GetElapsedTime(held.At) < (held.Cost * 10 > LeastPause ? held.Cost * 10 : LeastPause))
            {
                return held.Kinds;
            }

            var began = time.GetTimestamp();
            var kinds = await store.CountAsync(From(), groupId, cancellationToken);
            foreach (var old in _held.Where(old => time.GetElapsedTime(old.Value.At) > old.Value.Cost * 10 + LeastPause))
            {
                _held.TryRemove(old);
            }

            held = new Held([.. kinds.Select(Counted.Of)], time.GetElapsedTime(began), time.GetTimestamp());
            _held[groupId ?? ""] = held;
            return held.Kinds;
        }
        finally
        {
            _counting.Release();
        }
    }

    private sealed record Held(IReadOnlyList<Counted> Kinds, TimeSpan Cost, long At);

    private sealed record Counted(CoverageRow Row, Severity Severity, int? SourceId, long Count, long Unmatched)
    {
        public static Counted Of(CoverageStore.KindCount kind)
        {
            var row = new CoverageRow(kind.Type);
            if (kind.AlertType is { } suffix && Vocabulary.Find(suffix) is { } alertType)
            {
                row = new CoverageRow(alertType.FullName, AlertClass.SubKeyOf(alertType) is { } key
                    ? key.Find(kind.SubType)?.Literal ?? EventClass.OtherSubType : null);
            }

            return new Counted(row, kind.Severity, kind.SourceId, kind.Count, kind.Unmatched);
        }
    }

    /// <param name="Bindings">The channels, on, that each source sends all its events to.</param>
    private sealed record Hearing(IReadOnlyList<IMatcherSnapshot> Rules, IReadOnlyDictionary<int, IReadOnlyList<ChannelKey>> Bindings)
    {
        /// <summary>The channels that sources of these events are bound to, and whether all of the events came by such a source.</summary>
        public Dictionary<ChannelKey, bool> BoundTo(IReadOnlyList<Counted> counts)
        {
            Dictionary<ChannelKey, bool> bound = [];
            var ids = counts.Select(kind => kind.SourceId).Distinct().ToList();
            foreach (var channel in ids.OfType<int>().SelectMany(id => Bindings.GetValueOrDefault(id) ?? []).Distinct())
            {
                bound[channel] = ids.TrueForAll(id => id is { } source && Bindings.GetValueOrDefault(source)?.Contains(channel) == true);
            }

            return bound;
        }
    }
}
