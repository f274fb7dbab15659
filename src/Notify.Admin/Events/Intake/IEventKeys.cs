using Notify.Admin.Data;

namespace Notify.Admin.Events;

/// <summary>Tells which events are in the store already.</summary>
internal interface IEventKeys
{
    /// <summary>Those of these keys that an event in the store has. Asked inside the transaction that will add the others.</summary>
    Task<HashSet<string>> KnownAsync(NotifyDbContext context, IReadOnlyCollection<string> keys, CancellationToken cancellationToken);
}
