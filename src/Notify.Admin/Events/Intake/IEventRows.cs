using Notify.Admin.Data;

namespace Notify.Admin.Events;

/// <summary>Writes new events with their deliveries inside the context's transaction. The one path that is hot enough to leave the change
/// tracker out, where the provider has something faster; <c>EventRowsTests</c> holds each to what the model would write.</summary>
internal interface IEventRows
{
    /// <exception cref="System.Data.Common.DbException">The store is away; or another instance has added one of the events since
    /// <see cref="IEventKeys"/> was asked.</exception>
    Task InsertAsync(NotifyDbContext context, IReadOnlyList<NewEvent> events, DateTimeOffset now, CancellationToken cancellationToken);
}
