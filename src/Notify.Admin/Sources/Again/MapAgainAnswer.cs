using System.Globalization;
using System.Text.Json.Serialization;
using Notify.Admin.Api;

namespace Notify.Admin.Sources;

/// <summary>What mapping again takes.</summary>
/// <param name="Cursor"><c>next</c> of the answer before; without it the oldest come first.</param>
public sealed record MapAgainBody([property: JsonPropertyName("cursor")] string? Cursor)
{
    /// <summary>The row after which to go on.</summary>
    internal long After => Cursor is null ? 0 : long.Parse(Cursor, NumberStyles.None, CultureInfo.InvariantCulture);

    internal static MapAgainBody Read(BodyFields fields)
    {
        var cursor = fields.Text("cursor");
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            fields.Refuse("cursor", "must be next of the answer before");
        }

        return new MapAgainBody(cursor);
    }
}

/// <summary>What came of mapping payloads again.</summary>
/// <param name="Mapped">How many payloads are mapped now.</param>
/// <param name="Accepted">How many new events they became.</param>
/// <param name="Duplicates">How many of their events were known.</param>
/// <param name="StillUnmapped">Those that could not be mapped again.</param>
/// <param name="Unmapped">How many of the source's payloads are not mapped, these among them.</param>
/// <param name="Next">The cursor to go on with; null at the end.</param>
public sealed record MapAgainAnswer(
    [property: JsonPropertyName("mapped")] int Mapped,
    [property: JsonPropertyName("accepted")] int Accepted,
    [property: JsonPropertyName("duplicates")] int Duplicates,
    [property: JsonPropertyName("still_unmapped")] IReadOnlyList<StillUnmappedAnswer> StillUnmapped,
    [property: JsonPropertyName("unmapped")] int Unmapped,
    [property: JsonPropertyName("next")] string? Next)
{
    internal static MapAgainAnswer Of(MapAgainBatch batch, int unmapped) => new(batch.Mapped, batch.Events, batch.Duplicates,
        [.. batch.Still.Select(still => new StillUnmappedAnswer(still.EventId, [.. SourceEvents.Lines(still.Problems)]))],
        unmapped, batch.Next?.ToString(CultureInfo.InvariantCulture));
}

/// <param name="EventId">CloudEvents <c>id</c> of the event that keeps the payload.</param>
public sealed record StillUnmappedAnswer(
    [property: JsonPropertyName("event_id")] string EventId, [property: JsonPropertyName("problems")] IReadOnlyList<string> Problems);
