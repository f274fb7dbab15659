using System.Collections.Concurrent;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Overview;

/// <summary>Puts the first page together. What it counts is shared by every open page for as long as it is worth what it costs.</summary>
internal sealed class OverviewService : IDisposable
{
    private const int MostChannels = 10;

    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(900);

    private readonly OverviewStore _store;
    private readonly UnwellStore _unwell;
    private readonly ChannelDirectory _directory;
    private readonly IEnumerable<IAttentionSource> _sources;
    private readonly PauseStore _pauses;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _counting = new(1, 1);
    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);

    public OverviewService(
        OverviewStore store, UnwellStore unwell, ChannelDirectory directory, IEnumerable<IAttentionSource> sources, PauseStore pauses,
        TimeProvider time)
    {
        (_store, _unwell, _directory, _sources, _pauses, _time) = (store, unwell, directory, sources, pauses, time);
    }

    public void Dispose() => _counting.Dispose();

    /// <summary>With counts that may be a moment old: for a page that is opened.</summary>
    public Task<OverviewPicture> GetAsync(ChartRange range, Actor actor, CancellationToken cancellationToken) =>
        GetAsync(range, mayBeOld: true, actor, cancellationToken);

    /// <summary>Counted anew: after a change, for every page that is open.</summary>
    public Task<OverviewPicture> CountAsync(ChartRange range, Actor actor, CancellationToken cancellationToken) =>
        GetAsync(range, mayBeOld: false, actor, cancellationToken);

    private async Task<OverviewPicture> GetAsync(ChartRange range, bool mayBeOld, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var now = _time.GetUtcNow();
        var from = range.From(now);
        var names = await _directory.ListAsync(cancellationToken);
        var counts = await CountAsync(range, from, now, mayBeOld, cancellationToken);
        List<Attention> others = [];
        foreach (var source in _sources)
        {
            others.AddRange(await source.ListAsync(cancellationToken));
        }

        var silences = await _pauses.ReadAsync(cancellationToken);
        var unwell = counts.Unwell.Where(u => UnwellLanes.Concerns(u.Lane, names, silences, now)).ToList();
        return new OverviewPicture(
            range,
            new ChannelCounts(names.All.Count, names.All.Count(name => name.IsOn),
                unwell.Count(u => u.Lane.Condition == ChannelCondition.NeedsAttention),
                unwell.Count(u => u.Lane.Condition == ChannelCondition.Failing),
                names.All.Count(name => name.IsOn && silences.Find(name.Key, name.Tags, now) is not null)),
            counts.Landmarks.LastSuccessAt,
            [.. Problems(unwell, counts.Undelivered, names, now)],
            others,
            Flow(range, from, counts.Flow),
            counts.Flow.Events.Where(e => e.Severity == Severity.Critical).Sum(e => e.Count - e.Matched),
            Latency.Of(counts.Flow.Times),
            [.. counts.Flow.Busiest.Select(channel => Traffic(channel, names, counts, now))],
            [.. counts.Flow.Worst.Select(channel => Traffic(channel, names, counts, now))],
            new FirstSteps(counts.Landmarks.HasTested, counts.Landmarks.HasEvent, counts.Landmarks.HasSent,
                names.All.Count > 0 ? names.All[0] : null, [.. names.All.Select(name => name.Key.Kind).Distinct()]));
    }

    // Counts of a range are kept for ten times what they take.
    private static TimeSpan Pause(Held held) => held.Cost * 10 > LeastPause ? held.Cost * 10 : LeastPause;

    private async Task<Held> CountAsync(
        ChartRange range, DateTimeOffset from, DateTimeOffset now, bool mayBeOld, CancellationToken cancellationToken)
    {
        await _counting.WaitAsync(cancellationToken);
        try
        {
            if (mayBeOld && _held.TryGetValue(range.Name, out var held) && held.From == from
                && _time.GetElapsedTime(held.At) < Pause(held))
            {
                return held;
            }

            var began = _time.GetTimestamp();
            var flow = await _store.CountAsync(range, from, MostChannels, cancellationToken);
            return _held[range.Name] = new Held(
                from, flow,
                await _store.HoursAsync([.. flow.Busiest.Concat(flow.Worst).Select(channel => channel.Key).Distinct()],
                    HourOfSending.Quiet(now)[0].From, cancellationToken),
                await _unwell.ListWithWaitingAsync(cancellationToken),
                await _store.UndeliveredAsync(from, cancellationToken),
                await _store.LandmarksAsync(cancellationToken),
                _time.GetElapsedTime(began), _time.GetTimestamp());
        }
        finally
        {
            _counting.Release();
        }
    }

    private IEnumerable<Problem> Problems(
        IReadOnlyList<UnwellLane> unwell, IReadOnlyList<OverviewStore.UndeliveredSum> undelivered, ChannelNames names,
        DateTimeOffset now)
    {
        var stopped = unwell.Where(u => UnwellLanes.IsStopped(u.Lane, now)).GroupBy(u => UnwellLanes.CauseOf(u.Lane))
            .Select(cause => new Problem(
                cause.Key.Condition == ChannelCondition.NeedsAttention ? ProblemKind.Attention : ProblemKind.Failing, cause.Key.Code,
                Explain(cause.Key.Kind, cause.Key.Code, cause.First().Lane.LastDetail),
                cause.Sum(u => u.Waiting), cause.Min(u => u.Lane.FailingSince),
                Largest(cause.Select(u => new ProblemChannel(u.Lane.Channel, names.Find(u.Lane.Channel)?.Name, u.Waiting)))))
            .OrderBy(problem => problem.Kind).ThenByDescending(problem => problem.Channels.Count);
        var lost = undelivered.GroupBy(sum => (sum.Channel.Kind, sum.Code))
            .Select(cause => new Problem(
                ProblemKind.Undelivered, cause.Key.Code, Explain(cause.Key.Kind, cause.Key.Code, null),
                cause.Sum(sum => sum.Count), null,
                Largest(cause.GroupBy(sum => sum.Channel).Select(sums =>
                    new ProblemChannel(sums.Key, names.Find(sums.Key)?.Name, sums.Sum(sum => sum.Count))))))
            .OrderByDescending(problem => problem.Count);
        var unreachable = names.All.Where(name => name.HearsNothing is not null).GroupBy(name => name.HearsNothing)
            .Select(cause => new Problem(ProblemKind.Unreachable, null, cause.Key, 0, null,
                [.. cause.Select(name => new ProblemChannel(name.Key, name.Name, 0))]))
            .OrderByDescending(problem => problem.Channels.Count);
        return [.. stopped, .. lost, .. unreachable];
    }

    private string? Explain(ChannelKind kind, string? code, string? detail) =>
        code is not null && _directory.ExplainCode(kind, code, detail) is { } explained ? $"{explained.Meaning} {explained.Mend}" : null;

    private static IReadOnlyList<ProblemChannel> Largest(IEnumerable<ProblemChannel> channels) =>
        [.. channels.OrderByDescending(channel => channel.Count).ThenBy(channel => channel.Name, StringComparer.CurrentCulture)];

    private static IReadOnlyList<FlowStep> Flow(ChartRange range, DateTimeOffset from, OverviewStore.FlowCounts counts)
    {
        var events = counts.Events.ToLookup(e => e.Step);
        var deliveries = counts.Deliveries.ToLookup(d => d.Step);
        return [.. Enumerable.Range(0, range.Steps).Select(step => new FlowStep(
            from + (step * range.Step), from + ((step + 1) * range.Step),
            events[step].ToDictionary(e => e.Severity, e => e.Count),
            events[step].Sum(e => e.Matched),
            deliveries[step].Aggregate(default(Outcomes), (sum, part) => sum + Outcomes.Of(part.State, part.Count))))];
    }

    private static ChannelTraffic Traffic(OverviewStore.ChannelSum channel, ChannelNames names, Held counts, DateTimeOffset now) => new(
        channel.Key, names.Find(channel.Key)?.Name, new Outcomes(channel.Sent, channel.Failed, channel.Open),
        DeliveryHoursStore.Fill(HourOfSending.Quiet(now), counts.Hours[channel.Key]));

    /// <summary>What was counted for one range.</summary>
    private sealed record Held(
        DateTimeOffset From, OverviewStore.FlowCounts Flow, ILookup<ChannelKey, DeliveryHour> Hours,
        IReadOnlyList<UnwellLane> Unwell, IReadOnlyList<OverviewStore.UndeliveredSum> Undelivered,
        OverviewStore.Landmarks Landmarks, TimeSpan Cost, long At);
}
