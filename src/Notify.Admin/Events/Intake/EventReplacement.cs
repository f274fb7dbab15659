using System.Text.Json;
using Notify.Admin.Security;

namespace Notify.Admin.Events;

/// <summary>The stored event that a request's events take the place of, unless others have: then the request is left out.</summary>
/// <param name="RowId">Of the stored event.</param>
/// <param name="By">Who has it done.</param>
public sealed record EventReplacement(long RowId, string By)
{
    internal ReplacedEvent ToRow(IReadOnlyList<PreparedEvent> events, DateTimeOffset now) => new()
    {
        EventRowId = RowId,
        At = now,
        By = ForeignText.Line(By, 256),
        Count = events.Count,
        EventIds = JsonSerializer.Serialize(events.Take(ReplacedEvent.MostIds).Select(one => one.Id)),
    };
}

/// <summary>Events that are stored together or not at all.</summary>
internal sealed record IntakeRequest(IReadOnlyList<PreparedEvent> Events, EventReplacement? InPlaceOf = null);
