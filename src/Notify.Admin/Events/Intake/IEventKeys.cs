using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Events;

/// <summary>Tells which events are in the store already.</summary>
internal interface IEventKeys
{
    /// <summary>Those of these keys that an event in the store has. Asked inside the transaction that will add the others.</summary>
    Task<HashSet<string>> KnownAsync(NotifyDbContext context, IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>May write, beside so many new events in their transaction, of what it keeps of earlier ones.</summary>
    void TakeAlong(NotifyDbContext context, int added)
    {
    }

    /// <summary>Told of the others once they are committed, with their rows' ids.</summary>
    void Added(IReadOnlyList<NewEvent> events)
    {
    }
}

/// <summary>Asks the table of keys, which is one for all partitions of the events. Several instances may add the same event at the same
/// moment: its index refuses the second.</summary>
internal sealed class PostgresEventKeys : IEventKeys
{
    public async Task<HashSet<string>> KnownAsync(NotifyDbContext context, IReadOnlyCollection<string> keys,
        CancellationToken cancellationToken)
    {
        byte[][] asked = [.. keys.Select(Convert.FromHexString)];
        var known = await context.Set<StoredEventKey>().Where(k => asked.Contains(k.Key)).Select(k => k.Key)
            .ToListAsync(cancellationToken);
        return [.. known.Select(Convert.ToHexStringLower)];
    }
}
