namespace Notify.Admin.Events;

/// <summary>What events are posted to besides <c>/api/events</c>, for the filter and for what is told of an event.</summary>
public interface IEventSources
{
    /// <summary>By name.</summary>
    Task<IReadOnlyList<EventSourceName>> ListAsync(CancellationToken cancellationToken);
}

public sealed record EventSourceName(int Id, string Name);
