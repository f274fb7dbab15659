using System.Security.Cryptography;
using System.Text;
using Notify.Admin.Channels;
using Notify.Admin.Rules;

namespace Notify.Admin.Events;

/// <summary>A CloudEvent that passed every check, ready to be matched and stored.</summary>
/// <param name="Json">The whole event in structured form.</param>
/// <param name="Time">CloudEvents <c>time</c>; null when the source gave none.</param>
public sealed record ParsedEvent(string Id, string Source, string Type, DateTimeOffset? Time, EventFields Fields, string Json)
{
    private const int TextColumn = 512;

    /// <summary>Identity: the hash compares ordinally in every database's collation.</summary>
    public string Key { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Source}\0{Id}")));

    /// <summary>Channels that get a delivery whether or not they hear the event.</summary>
    public IReadOnlyList<ChannelMatch> AlsoTo { get; init; } = [];

    public IncomingEvent ToRow(DateTimeOffset receivedAt, int matchCount) => new()
    {
        Key = Key,
        Source = Source,
        EventId = Id,
        Type = Type,
        Time = Time ?? receivedAt,
        ReceivedAt = receivedAt,
        Severity = Severity,
        Title = Cut(Fields.Title, TextColumn),
        Asset = Cut(Fields.Asset ?? Fields.Target, TextColumn),
        GroupId = Cut(Fields.GroupId, 16),
        AlertType = Vocabulary.FindByType(Type)?.Suffix,
        ItemLevel = Cut(Fields.ItemLevel, 32),
        EventType = Cut(Fields.EventType, 256),
        SubType = Cut(Fields.Type, 64),
        Necessity = Cut(Fields.Necessity, 32),
        Json = Json,
        MatchCount = matchCount,
    };

    public EventRecord ToRecord(DateTimeOffset receivedAt) => new(0, Id, Source, Type, Time ?? receivedAt, Severity, Fields);

    private Severity Severity => (Severity)EventSeverity.Of(
        Type,
        new AlertFacts(Type) { ItemLevel = Fields.ItemLevel, EventType = Fields.EventType, Type = Fields.Type,
        Necessity = Fields.Necessity, GroupId = Fields.GroupId },
        Fields.AvgThreat,
        Fields.Severity);

    // Columns are for lists and filters; the JSON keeps the whole text. PostgreSQL's text cannot hold NUL.
    private static string? Cut(string? text, int most)
    {
        if (text is null)
        {
            return null;
        }

        var cut = text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
        return cut.Replace('\0', '\uFFFD');
    }
}
