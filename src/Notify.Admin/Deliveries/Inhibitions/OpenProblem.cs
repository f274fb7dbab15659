using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>An open problem that holds others back, as an inhibition knows it.</summary>
public sealed class OpenProblem
{
    public long Id { get; init; }

    public int InhibitionId { get; init; }

    /// <summary><see cref="InhibitionPlace.Same"/>.</summary>
    public required string Same { get; init; }

    /// <summary><see cref="EventProblem.KeyOf"/> of its events.</summary>
    public required string Problem { get; init; }

    /// <summary>CloudEvents <c>id</c> of its last event.</summary>
    public required string EventId { get; init; }

    /// <summary>Then it counts as open no longer, whatever its source has said.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>How many events were not sent because of it.</summary>
    public int Held { get; set; }
}
