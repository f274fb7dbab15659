using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Notify.Admin.Channels;

/// <summary>Tells which events are about one problem: the same scan of one scanner, or what a source calls by one name.</summary>
public static class EventProblem
{
    /// <summary>Of <see cref="KeyOf"/>.</summary>
    public const int KeyLength = 64;

    /// <summary>How CloudEvents <c>source</c> begins in what a source here makes of payloads; its name follows.</summary>
    public const string SourcePrefix = "/sources/";

    private const string ScanPrefix = "scan.";

    /// <summary>The same for events about one problem; null for an event that stands alone.</summary>
    public static string? KeyOf(EventRecord record) => record switch
    {
        { Fields.Problem: { Length: > 0 } named } => Hash(SourceOf(record), "problem", named),
        { Fields.ScanId: { Length: > 0 } scan } when IsScan(record.Type) => Hash(SourceOf(record), "scan", scan),
        _ => null,
    };

    /// <summary>Whether the problem lasts after this event: what the event says, or a scan's kind.</summary>
    public static EventState StateOf(string type, EventState said) => said != EventState.None ? said : type switch
    {
        "scan.started" or "scan.resumed" or "scan.paused" => EventState.Open,
        "scan.completed" or "scan.aborted" or "scan.stopped" or "scan.deleted" => EventState.Resolved,
        _ => EventState.None,
    };

    public static EventState StateOf(EventRecord record) => StateOf(record.Type, record.Fields.State);

    public static bool IsScan(string type) => type.StartsWith(ScanPrefix, StringComparison.Ordinal);

    // A name is not the source: it may change while a problem is open, and two may have the same. No event from outside can say this, since
    // a CloudEvents source has no blanks.
    private static string SourceOf(EventRecord record) =>
        record.SourceId is { } id && record.Source.StartsWith(SourcePrefix, StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"source {id}") : record.Source;

    private static string Hash(string source, string kind, string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\0{kind}\0{name}")));
}
