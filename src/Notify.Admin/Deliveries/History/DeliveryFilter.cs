using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>Which deliveries a list shows.</summary>
public sealed record DeliveryFilter
{
    /// <summary>Any of these; empty for every state.</summary>
    public IReadOnlyList<DeliveryState> States { get; init; } = [];

    public ChannelKey? Channel { get; init; }

    /// <summary>Made at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Made before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>A delivery's short id, an event's id or the beginning of it, or part of an event's id, source or title.</summary>
    public string? Text { get; init; }

    /// <summary>Exactly this CloudEvents id.</summary>
    public string? EventId { get; init; }

    /// <summary>Exactly this CloudEvents source.</summary>
    public string? Source { get; init; }

    /// <summary>Events that came to this source's address.</summary>
    public int? SourceId { get; init; }
}
