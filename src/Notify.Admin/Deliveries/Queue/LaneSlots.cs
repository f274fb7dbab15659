using System.Collections.Concurrent;
using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>Lanes that share slots: of one vendor, and all well or none.</summary>
/// <param name="IsWell">The last message was accepted; see <see cref="LaneSlots.IsWell"/>.</param>
internal readonly record struct LanePool(ChannelKind Kind, bool IsWell);

/// <summary>How many lanes this instance works on at once. Each vendor has slots of its own; those that have been well have slots apart
/// from those that fail or were never tried; and a lane whose vendor hangs lends its slot to another meanwhile. So a slow or dead channel
/// delays none that works, however many such there are.</summary>
internal sealed class LaneSlots(DeliverySignal signal, TimeProvider time)
{
    private const int Well = 96;
    private const int Others = 32;

    // A hanging call costs a connection and little more.
    private const int MostWithHanging = 1024;

    // What is sent at the same time to one destination, which several channels may share.
    private const int MostToOneDestination = 4;

    // Vendors that work answer within this time.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Dictionary<LanePool, Use> _use = [];
    private readonly ConcurrentDictionary<string, int> _sending = new(StringComparer.Ordinal);

    /// <summary>Whether sending went well when it was last tried.</summary>
    public static bool IsWell(ChannelLane lane) => lane is { Condition: ChannelCondition.Ok, LastSuccessAt: not null };

    /// <summary>How many more lanes may be worked on.</summary>
    public int Free(LanePool pool)
    {
        lock (_gate)
        {
            var use = _use.GetValueOrDefault(pool);
            return Math.Min((pool.IsWell ? Well : Others) - use.Working, MostWithHanging - use.Working - use.Hanging);
        }
    }

    /// <summary>Takes a slot for a lane that was claimed; disposed, it is free again.</summary>
    public LaneSlot Take(ChannelLane lane)
    {
        var pool = new LanePool(lane.ChannelKind, IsWell(lane));
        Change(pool, 1, 0);
        return new LaneSlot(this, pool);
    }

    /// <summary>Whether as much is on its way to a destination as may be.</summary>
    public bool IsBusy(Destination destination) => _sending.GetValueOrDefault(destination.Fingerprint) >= MostToOneDestination;

    /// <summary>Sends, and lends the slot to another lane while the vendor hangs.</summary>
    internal async Task<SendResult> SendAsync(LanePool pool, Destination destination, Func<Task<SendResult>> send)
    {
        _sending.AddOrUpdate(destination.Fingerprint, 1, (_, count) => count + 1);
        try
        {
            var sending = send();
            await ((Task)sending).WaitAsync(Patience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (sending.IsCompleted)
            {
                return await sending;
            }

            Change(pool, -1, 1);
            try
            {
                return await sending;
            }
            finally
            {
                Change(pool, 1, -1);
            }
        }
        finally
        {
            if (_sending.AddOrUpdate(destination.Fingerprint, 0, (_, count) => count - 1) == 0)
            {
                _sending.TryRemove(KeyValuePair.Create(destination.Fingerprint, 0));
            }
        }
    }

    internal void Release(LanePool pool) => Change(pool, -1, 0);

    private void Change(LanePool pool, int working, int hanging)
    {
        lock (_gate)
        {
            var use = _use.GetValueOrDefault(pool);
            _use[pool] = new Use(use.Working + working, use.Hanging + hanging);
        }

        if (working < 0)
        {
            signal.Raise();
        }
    }

    private readonly record struct Use(int Working, int Hanging);
}

/// <summary>The slot of one lane.</summary>
internal sealed class LaneSlot(LaneSlots slots, LanePool pool) : IDisposable
{
    /// <inheritdoc cref="LaneSlots.SendAsync"/>
    public Task<SendResult> SendAsync(Destination destination, Func<Task<SendResult>> send) => slots.SendAsync(pool, destination, send);

    public void Dispose() => slots.Release(pool);
}
