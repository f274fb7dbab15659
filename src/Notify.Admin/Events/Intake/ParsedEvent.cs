using System.Security.Cryptography;
using System.Text;
using Notify.Admin.Channels;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.Events;

/// <summary>A CloudEvent that passed every check, ready to be matched and stored.</summary>
/// <param name="Json">The whole event in structured form.</param>
/// <param name="Time">CloudEvents <c>time</c>; null when the source gave none.</param>
public sealed record ParsedEvent(string Id, string Source, string Type, DateTimeOffset? Time, EventFields Fields, string Json)
{
    /// <summary>Identity: the hash compares ordinally in every database's collation.</summary>
    public string Key { get; init; } = KeyOf(Source, Id);

    /// <summary>The source it was posted to; null for <c>/api/events</c>.</summary>
    public int? SourceId { get; init; }

    /// <summary>Channels that get a delivery whether or not they hear the event.</summary>
    public IReadOnlyList<ChannelMatch> AlsoTo { get; init; } = [];

    public static string KeyOf(string source, string id)
    {
        const int MostOnStack = 1024;
        var most = Encoding.UTF8.GetMaxByteCount(source.Length + id.Length) + 1;
        var bytes = most <= MostOnStack ? stackalloc byte[MostOnStack] : new byte[most];
        var length = Encoding.UTF8.GetBytes(source, bytes);
        bytes[length++] = 0;
        length += Encoding.UTF8.GetBytes(id, bytes[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        return Convert.ToHexStringLower(hash);
    }

    public EventRecord ToRecord(DateTimeOffset receivedAt) => new(0, Id, Source, Type, Time ?? receivedAt, Severity, Fields)
    {
        SourceId = SourceId,
    };

    /// <summary>The row, but for what is only known when it is stored.</summary>
    /// <param name="record">Of <see cref="ToRecord"/>.</param>
    internal IncomingEvent ToRow(EventRecord record) => new()
    {
        Key = Key,
        Source = Source,
        EventId = Id,
        Type = Type,
        Severity = record.Severity,
        // Columns are for lists and filters; the JSON keeps the whole text.
        Title = ForeignText.Fit(Fields.Title, IncomingEvent.TextLength),
        Asset = ForeignText.Fit(Fields.Asset ?? Fields.Target, IncomingEvent.TextLength),
        GroupId = ForeignText.Fit(Fields.GroupId, 16),
        AlertType = Vocabulary.FindByType(Type)?.Suffix,
        ItemLevel = ForeignText.Fit(Fields.ItemLevel, 32),
        EventType = ForeignText.Fit(Fields.EventType, 256),
        SubType = ForeignText.Fit(Fields.Type, 64),
        Necessity = ForeignText.Fit(Fields.Necessity, 32),
        State = Fields.State,
        SourceId = SourceId,
        Json = Json,
    };

    private Severity Severity => (Severity)EventSeverity.Of(
        Type,
        new AlertFacts(Type) { ItemLevel = Fields.ItemLevel, EventType = Fields.EventType, Type = Fields.Type,
        Necessity = Fields.Necessity, GroupId = Fields.GroupId },
        Fields.AvgThreat,
        Fields.Severity);
}
