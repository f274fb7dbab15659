using Notify.Admin.Data;

namespace Notify.Admin.Events;

/// <summary>Tells which events are in the store already.</summary>
internal interface IEventKeys
{
    /// <summary>Asked inside the transaction that will add those that are new, or be rolled back: their keys may be taken for it by then.
    /// </summary>
    /// <param name="keys">Each once.</param>
    Task<KnownEvents> KnownAsync(NotifyDbContext context, IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>May write, beside so many new events in their transaction, of what it keeps of earlier ones.</summary>
    void TakeAlong(NotifyDbContext context, int added)
    {
    }

    /// <summary>Told of the others once they are committed, with their rows' ids.</summary>
    void Added(IReadOnlyList<NewEvent> events)
    {
    }
}

/// <param name="Keys">Those that an event in the store has.</param>
/// <param name="Ids">Of the others, by key, where their keys are taken: of their rows to come.</param>
internal sealed record KnownEvents(HashSet<string> Keys, IReadOnlyDictionary<string, long>? Ids = null);
