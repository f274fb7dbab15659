using Notify.Admin.Background;
using Notify.Admin.Data;

namespace Notify.Admin.Sources;

/// <summary>Puts down, every second, what came to each source: when it last posted, why it was last refused, and its last payloads. Events
/// are stored before they are answered; this is not: a killed process, or a store that is away, loses a second of it.</summary>
internal sealed class SourceActivity(SourceStore store, ChangeFeed feed, WorkRegister works, TimeProvider time,
    ILogger<SourceActivity> logger) : RecurringWork(works, Schedule, time, logger)
{
    /// <summary>So long a payload is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private static readonly WorkSchedule Schedule = new("sources", TimeSpan.FromSeconds(1));
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private Dictionary<int, Pending> _pending = [];
    private DateTimeOffset _sweptAt;

    public void Took(int source, TakenPayload payload)
    {
        lock (_gate)
        {
            var pending = PendingOf(source);
            pending.ReceivedAt = payload.At;
            pending.Unmapped += payload.Unmapped;
            pending.Payloads.Enqueue(payload);
            if (pending.Payloads.Count > SourceStore.PayloadsKept)
            {
                pending.Payloads.Dequeue();
            }
        }
    }

    public void Refused(int source, Reason reason)
    {
        lock (_gate)
        {
            var pending = PendingOf(source);
            (pending.RefusedAt, pending.Refusal) = (Time.GetUtcNow(), reason);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(WriteAsync, cancellationToken);
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        await WriteAsync(stopping);
        if (Time.GetUtcNow() - _sweptAt >= BetweenSweeps)
        {
            await store.ForgetPayloadsAsync(Time.GetUtcNow() - KeptFor, stopping);
            _sweptAt = Time.GetUtcNow();
        }
    }

    private async Task WriteAsync(CancellationToken stopping)
    {
        Dictionary<int, Pending> pending;
        lock (_gate)
        {
            (pending, _pending) = (_pending, []);
        }

        foreach (var (source, seen) in pending)
        {
            await store.AddActivityAsync(source, new Seen(seen.ReceivedAt, seen.RefusedAt, seen.Refusal, seen.Unmapped,
                [.. seen.Payloads.Select(payload => payload.ToKept(source))]), stopping);
        }

        if (pending.Count > 0)
        {
            feed.Announce(ChangeAreas.Sources);
        }
    }

    private Pending PendingOf(int source)
    {
        if (!_pending.TryGetValue(source, out var pending))
        {
            _pending.Add(source, pending = new Pending());
        }

        return pending;
    }

    /// <summary>What came to one source.</summary>
    internal sealed record Seen(DateTimeOffset? ReceivedAt, DateTimeOffset? RefusedAt, Reason? Refusal, long Unmapped,
        IReadOnlyList<KeptPayload> Payloads);

    private sealed class Pending
    {
        public DateTimeOffset? ReceivedAt { get; set; }

        public DateTimeOffset? RefusedAt { get; set; }

        public Reason? Refusal { get; set; }

        public long Unmapped { get; set; }

        public Queue<TakenPayload> Payloads { get; } = [];
    }
}
