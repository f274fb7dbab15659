using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Writes what a worker begins and ends inside the context's transaction. Beside intake the other path that is hot enough to leave
/// the change tracker out, where the provider has something faster; <c>LaneRowsTests</c> holds each to what the model would
/// write.</summary>
internal interface ILaneRows
{
    /// <summary>Whether what is begun or ended is one statement, which needs no transaction around it.</summary>
    bool IsOneStatement => false;

    /// <inheritdoc cref="LaneStore.FenceAsync"/>
    Task FenceAsync(NotifyDbContext context, ChannelLane lane, CancellationToken cancellationToken) =>
        LaneStore.FenceAsync(context, lane, cancellationToken);

    /// <summary>Fences the lane, and does <see cref="BeginAsync"/> where nothing shuts the destination, which has no limit.</summary>
    /// <returns>False, and nothing is written, where it is shut or unknown, or the lane another's.</returns>
    Task<bool> TryBeginAsync(NotifyDbContext context, ChannelLane lane, string fingerprint, IReadOnlyList<Begun> begun,
        CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>Writes messages that are new, and the attempts, and gives both their ids; which deliveries the new messages carry; and all
    /// these deliveries as they now are. No two messages have one short id.</summary>
    Task BeginAsync(NotifyDbContext context, IReadOnlyList<Begun> begun, CancellationToken cancellationToken);

    /// <summary>Fences the lane, and writes the messages and attempts of <paramref name="ended"/>, <paramref name="deliveries"/>, and the
    /// lane's health, as they now are. Counts those deliveries that have ended.</summary>
    /// <exception cref="LeaseLostException">The lane is another's.</exception>
    Task EndAsync(NotifyDbContext context, ChannelLane lane, IReadOnlyList<Begun> ended, IReadOnlyList<Delivery> deliveries,
        CancellationToken cancellationToken);
}
