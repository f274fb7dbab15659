using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Writes what a worker begins and ends inside the context's transaction. Beside intake the other path that is hot enough to leave
/// the change tracker out, where the provider has something faster; <c>LaneRowsTests</c> holds each to what the model would
/// write.</summary>
internal interface ILaneRows
{
    /// <inheritdoc cref="LaneStore.FenceAsync"/>
    Task FenceAsync(NotifyDbContext context, ChannelLane lane, CancellationToken cancellationToken) =>
        LaneStore.FenceAsync(context, lane, cancellationToken);

    /// <summary>Writes new messages, and gives them their ids. No two have one short id.</summary>
    Task AddAsync(NotifyDbContext context, IReadOnlyList<Message> messages, CancellationToken cancellationToken);

    /// <summary>Writes the attempts, and gives them their ids; which deliveries the new messages carry; and all these deliveries as they
    /// now are.</summary>
    Task BeginAsync(NotifyDbContext context, IReadOnlyList<Begun> begun, CancellationToken cancellationToken);

    /// <summary>Writes the messages and attempts of <paramref name="ended"/>, and <paramref name="deliveries"/>, as they now are.</summary>
    Task EndAsync(NotifyDbContext context, IReadOnlyList<Begun> ended, IReadOnlyList<Delivery> deliveries,
        CancellationToken cancellationToken);

    /// <inheritdoc cref="LaneStore.EndAsync"/>
    Task EndLaneAsync(NotifyDbContext context, ChannelLane lane, IReadOnlyList<Delivery> ended, CancellationToken cancellationToken) =>
        LaneStore.EndAsync(context, lane, ended, cancellationToken);
}
