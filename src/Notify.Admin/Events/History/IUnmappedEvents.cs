using Notify.Admin.Security;

namespace Notify.Admin.Events;

/// <summary>What can be done about an event that is a payload which could not be mapped.</summary>
public interface IUnmappedEvents
{
    /// <summary>Why it could not be mapped when it came, in words of the current UI culture.</summary>
    /// <param name="json">The stored event.</param>
    IReadOnlyList<string> ReasonsOf(string json);

    /// <summary>Maps it by its source's mapping as it is now.</summary>
    /// <returns>Null where it has been mapped since, or it or its source is gone.</returns>
    Task<MapAgainOutcome?> MapAgainAsync(long rowId, Actor actor, CancellationToken cancellationToken);
}

/// <param name="Reasons">Why it cannot be mapped yet; none where it is.</param>
/// <param name="IsBusy">The store could not take events: nothing has changed.</param>
public sealed record MapAgainOutcome(IReadOnlyList<string> Reasons, bool IsBusy);
