using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;

namespace Notify.Admin.Overview;

/// <summary>Puts the first page together. The counts are shared by every open page for as long as they are worth what they cost.</summary>
internal sealed class OverviewService(
    OverviewStore store, IEnumerable<IChannel> channels, IDeliveryDesk desk, DeliveryService deliveries,
    IEnumerable<IAttentionSource> sources, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan LongFailing = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _counting = new(1, 1);
    private (OverviewStore.Counts Counts, long At, long Hour)? _held;
    private TimeSpan _cost;

    /// <summary>How long counts are kept: ten times what they take.</summary>
    public TimeSpan Pause => _cost * 10 > LeastPause ? _cost * 10 : LeastPause;

    public void Dispose() => _counting.Dispose();

    public async Task<OverviewPicture> GetAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var now = time.GetUtcNow();
        var lastHour = now.UtcTicks / TimeSpan.TicksPerHour;
        var firstHour = lastHour - HourOfSending.Hours + 1;
        var counts = await CountAsync(now, firstHour, cancellationToken);
        List<ChannelLine> lines = [];
        var quiet = HourOfSending.Quiet(now);
        var byChannel = counts.Deliveries.ToLookup(d => new ChannelKey((ChannelKind)d.Kind, d.ChannelId));
        foreach (var channel in channels.OrderBy(c => c.Kind))
        {
            var health = await desk.GetHealthAsync(channel.Kind, cancellationToken);
            lines.AddRange((await channel.ListAsync(cancellationToken)).Select(name =>
                new ChannelLine(name, health.GetValueOrDefault(name.Key.Id), DeliveryHoursStore.Fill(quiet, byChannel[name.Key]))));
        }

        List<Attention> others = [];
        foreach (var source in sources)
        {
            others.AddRange(await source.ListAsync(cancellationToken));
        }

        var total = DeliveryHoursStore.Fill(quiet, counts.Deliveries).Select(Outcomes.Of).ToList();
        var events = counts.Events.ToDictionary(e => e.Hour);
        return new OverviewPicture(
            [.. Needs(lines, counts, now)],
            others,
            lines.Max(line => line.Health?.LastSuccessAt),
            [.. Enumerable.Range(0, HourOfSending.Hours).Select(i => events.GetValueOrDefault(firstHour + i) is { } hour
                ? new FlowHour(hour.Count, hour.Matched, total[i])
                : new FlowHour(0, 0, total[i]))],
            lines,
            new FirstSteps(lines.Count > 0, lines.Exists(line => line.Health?.LastTestAccepted == true), counts.HasEvent, counts.HasSent));
    }

    private async Task<OverviewStore.Counts> CountAsync(DateTimeOffset now, long firstHour, CancellationToken cancellationToken)
    {
        await _counting.WaitAsync(cancellationToken);
        try
        {
            if (_held is { } held && held.Hour == firstHour && time.GetElapsedTime(held.At) < Pause)
            {
                return held.Counts;
            }

            var began = time.GetTimestamp();
            var counts = await store.CountAsync(new DateTimeOffset(firstHour * TimeSpan.TicksPerHour, TimeSpan.Zero),
                now.AddHours(-HourOfSending.Hours), cancellationToken);
            _cost = time.GetElapsedTime(began);
            _held = (counts, time.GetTimestamp(), firstHour);
            return counts;
        }
        finally
        {
            _counting.Release();
        }
    }

    private IEnumerable<Need> Needs(IReadOnlyList<ChannelLine> lines, OverviewStore.Counts counts, DateTimeOffset now)
    {
        foreach (var (channel, health, _) in lines.Where(line => line.Channel.IsOn && line.Health is { Status: not ChannelStatus.Ok }))
        {
            var kind = health!.Status == ChannelStatus.NeedsAttention ? NeedKind.Attention : NeedKind.Failing;
            if (kind == NeedKind.Attention || now - health.FailingSince >= LongFailing)
            {
                var explained = health.LastCode is { } code ? deliveries.Explain(channel.Key.Kind, code, health.LastDetail) : null;
                yield return new Need(kind, channel.Key, channel.Name, health.Waiting, health.LastCode, explained is null
                    ? null : $"{explained.Meaning} {explained.Mend}", health.FailingSince);
            }
        }

        var names = lines.ToDictionary(line => line.Channel.Key, line => line.Channel.Name);
        foreach (var (key, count) in counts.Undelivered.OrderByDescending(u => u.Value))
        {
            yield return new Need(NeedKind.Undelivered, key, names.GetValueOrDefault(key), count, null, null, null);
        }

        foreach (var channel in lines.Select(line => line.Channel).Where(channel => channel.HearsNothing is not null))
        {
            yield return new Need(NeedKind.HearsNothing, channel.Key, channel.Name, 0, null, channel.HearsNothing, null);
        }
    }
}
