using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Events;

/// <summary>Tells which events are in the store already.</summary>
internal interface IEventKeys
{
    /// <summary>Those of these keys that an event in the store has. Asked inside the transaction that will add the others.</summary>
    Task<HashSet<string>> KnownAsync(NotifyDbContext context, IReadOnlyCollection<string> keys, CancellationToken cancellationToken);
}

/// <summary>Asks the unique index of the events' table. Several instances may add the same event at the same moment: the index refuses the
/// second.</summary>
internal sealed class IndexedEventKeys : IEventKeys
{
    public async Task<HashSet<string>> KnownAsync(NotifyDbContext context, IReadOnlyCollection<string> keys,
        CancellationToken cancellationToken) =>
        [.. await context.Events.Where(e => keys.Contains(e.Key)).Select(e => e.Key).ToListAsync(cancellationToken)];
}
