using System.Threading.Channels;
using Notify.Admin.Api;
using Notify.Admin.Data;

namespace Notify.Admin.Events;

/// <summary>How many of a request's events were new; or that the store cannot take them now.</summary>
public sealed record IntakeResult(int Accepted, int Duplicates, bool IsBusy)
{
    public static readonly IntakeResult Busy = new(0, 0, true);
}

/// <summary>Takes events in. Concurrent requests share a commit: while transactions are written the next requests gather. The queue is
/// bounded, in requests and in characters, so that a store that is slow or away means 503 and not growing memory.</summary>
internal sealed class EventIntake(EventWriter writer, CommitHealth health, EventMeter meter, FailureLog failures,
    IntakePatience patience, ILogger<EventIntake> logger) : BackgroundService
{
    private const int MostRequests = 4096;
    private const long LeastCharacters = 12 * 1024 * 1024;
    private const long MostCharacters = 128 * 1024 * 1024;

    // A character takes two bytes, and as much again while it is stored: with this, an eighth of what the process may use.
    private const int PartOfMemory = 32;

    // What an event takes besides its text, in characters: its fields, its row, who hears it.
    private const int PerEvent = 512;

    private const int EventsPerCommit = 2000;
    private const int Tries = 4;

    // Each is told by going on with its request. Some of them one after the other cost the thread pool fewer turns and wake-ups than each
    // by itself; all of them would keep the last one waiting.
    private const int ToldTogether = 8;

    // So many are worth a commit: then nobody is waited for, and the next ones are read and prepared while these are written.
    private const int Plenty = 256;

    // Turns of the thread pool in which nothing more came: then nothing is about to.
    private const int QuietTurns = 16;

    private readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(MostRequests) { FullMode = BoundedChannelFullMode.Wait });

    // One gathers at a time: two would share out between them what belongs together.
    private readonly SemaphoreSlim _gathering = new(1, 1);

    private readonly long _mostCharacters =
        Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / PartOfMemory, LeastCharacters, MostCharacters);

    private long _characters;
    private int _queued;

    /// <summary>Stores the events and their deliveries. Returns after the commit.</summary>
    /// <param name="inPlaceOf">A stored event that is marked as replaced by them in the same commit; nothing is stored where it is
    /// already.</param>
    public async Task<IntakeResult> AcceptAsync(IReadOnlyList<ParsedEvent> events, EventReplacement? inPlaceOf = null)
    {
        if (events.Count == 0 && inPlaceOf is null)
        {
            return new IntakeResult(0, 0, false);
        }

        var size = events.Sum(e => (long)e.Json.Length + PerEvent);
        // Nothing is prepared that there is no room for.
        if (Interlocked.Add(ref _characters, size) > _mostCharacters || _queue.Reader.Count >= MostRequests)
        {
            Interlocked.Add(ref _characters, -size);
            return IntakeResult.Busy;
        }

        try
        {
            var pending = new Pending(writer.Prepare(events, inPlaceOf), new TaskCompletionSource<IntakeResult>());
            Interlocked.Add(ref _queued, events.Count);
            if (!_queue.Writer.TryWrite(pending))
            {
                Interlocked.Add(ref _queued, -events.Count);
                return IntakeResult.Busy;
            }

            return await DoneAsync(pending.Done);
        }
        finally
        {
            Interlocked.Add(ref _characters, -size);
        }
    }

    private async Task<IntakeResult> DoneAsync(TaskCompletionSource<IntakeResult> done)
    {
        try
        {
            return await done.Task.WaitAsync(patience.Commit, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // What has not begun to be stored is left out now.
            done.TrySetResult(IntakeResult.Busy);
            health.Saw(succeeded: false);
            return await done.Task;
        }
    }

    public override void Dispose()
    {
        _gathering.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(Enumerable.Range(0, writer.AtOnce).Select(_ => CommitGroupsAsync(stoppingToken)));
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
        finally
        {
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out var left))
            {
                left.Done.TrySetResult(IntakeResult.Busy);
            }
        }
    }

    // One group after another.
    private async Task CommitGroupsAsync(CancellationToken stopping)
    {
        var last = 1;
        while (true)
        {
            var group = await TakeAsync(last, stopping);
            if (group.Count > 0)
            {
                await CommitAsync(group, stopping);
            }

            last = group.Count;
        }
    }

    private async Task<List<Pending>> TakeAsync(int expected, CancellationToken stopping)
    {
        await _gathering.WaitAsync(stopping);
        try
        {
            await _queue.Reader.WaitToReadAsync(stopping);
            await GatherAsync(expected);
            List<Pending> group = [];
            var count = 0;
            while (count < EventsPerCommit && _queue.Reader.TryRead(out var next))
            {
                Interlocked.Add(ref _queued, -next.Request.Events.Count);
                if (!next.Done.Task.IsCompleted)
                {
                    group.Add(next);
                    count += next.Request.Events.Count;
                }
            }

            return group;
        }
        finally
        {
            _gathering.Release();
        }
    }

    // Senders that were answered together send the next together: their requests are on their way through the thread pool. This lets them
    // pass, as long as they keep coming, and waits for no clock: alone, a request is committed at once.
    private async Task GatherAsync(int expected)
    {
        var count = _queue.Reader.Count;
        for (var quiet = 0; count < expected && quiet < QuietTurns && Volatile.Read(ref _queued) < Plenty; quiet++)
        {
            await Task.Yield();
            if (_queue.Reader.Count is var now && now > count)
            {
                (count, quiet) = (now, 0);
            }
        }
    }

    private async Task CommitAsync(List<Pending> group, CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(patience.Commit, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, late.Token);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var results = await writer.WriteAsync([.. group.Select(p => p.Request)], stop.Token);
                health.Saw(succeeded: true);
                meter.Accepted(results.Sum(result => result.Accepted));
                Tell(group, results);
                return;
            }
            catch (Exception e) when (attempt < Tries && !stop.IsCancellationRequested
                && StoreErrors.Of(e) is StoreError.Duplicate or StoreError.Passing)
            {
                // Another instance stored one of these events at the same moment: look again, it is a duplicate now. Or it may pass.
                logger.LogDebug(e, "Storing {Requests} requests of events is tried again", group.Count);
            }
            catch (Exception e) when (group.Count > 1 && StoreErrors.Of(e) == StoreError.Lasting)
            {
                // One of them cannot be stored: the others are not to wait for it. Who was told meanwhile to come again is left out.
                logger.LogWarning(e, "Storing {Requests} requests of events together failed; each is stored alone", group.Count);
                foreach (var one in group.Where(one => !one.Done.Task.IsCompleted))
                {
                    await CommitAsync([one], stopping);
                }

                return;
            }
            catch (Exception e)
            {
                // Nothing was committed, so nothing is accepted; the senders are told to try again. That one request cannot be stored says
                // nothing about others: what is wrong with the store, the next probe finds.
                if (StoreErrors.Of(e) != StoreError.Lasting)
                {
                    health.Saw(succeeded: false);
                }

                if (failures.IsDue(e, out var silent))
                {
                    logger.LogError(e,
                        "Storing {Count} events of {Requests} requests failed (and {Silent} times since this was last written); their "
                        + "senders are told to try again", group.Sum(p => p.Request.Events.Count), group.Count, silent);
                }

                Tell(group, [.. group.Select(_ => IntakeResult.Busy)]);
                return;
            }
        }
    }

    // Not on this thread: the next group is due.
    private static void Tell(IReadOnlyList<Pending> group, IReadOnlyList<IntakeResult> results)
    {
        foreach (var part in group.Zip(results).Chunk(ToldTogether))
        {
            ThreadPool.UnsafeQueueUserWorkItem(static told => Array.ForEach(told, one => one.First.Done.TrySetResult(one.Second)), part,
                preferLocal: false);
        }
    }

    private sealed record Pending(IntakeRequest Request, TaskCompletionSource<IntakeResult> Done);
}
