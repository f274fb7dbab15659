using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Notify.Admin.Shared;

namespace Notify.Admin.Audit;

/// <summary>How an export is written.</summary>
public enum AuditFormat
{
    Csv = 1,

    /// <summary>One JSON object a line.</summary>
    JsonLines = 2,
}

/// <summary>Writes entries as lines of text.</summary>
internal static class AuditExport
{
    /// <summary>The columns of the CSV, and the names of the JSON members.</summary>
    public static readonly IReadOnlyList<string> Columns =
        ["id", "at", "who", "userId", "origin", "action", "subjectKind", "subjectId", "subjectName", "result", "count", "changes",
            "sequence", "hash"];

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The first line; empty where the format has none.</summary>
    public static string Head(AuditFormat format) => format == AuditFormat.Csv ? CsvDownload.Head(Columns) : "";

    public static string Line(AuditFormat format, AuditEntry entry) =>
        format == AuditFormat.Csv ? ToCsv(entry) : JsonSerializer.Serialize(AuditEntryAnswer.Of(entry), Json) + "\n";

    public static string TypeOf(AuditFormat format) =>
        format == AuditFormat.Csv ? CsvDownload.ContentType : "application/jsonl; charset=utf-8";

    public static string EndingOf(AuditFormat format) => format == AuditFormat.Csv ? "csv" : "jsonl";

    private static string ToCsv(AuditEntry entry) => CsvDownload.Line(
        [
            entry.Id.ToString(CultureInfo.InvariantCulture),
            entry.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            entry.ActorName,
            entry.UserId,
            entry.Origin,
            entry.Action,
            entry.SubjectKind,
            entry.SubjectId,
            entry.SubjectName,
            entry.Result.ToName(),
            entry.Count.ToString(CultureInfo.InvariantCulture),
            entry.Changes,
            entry.Sequence?.ToString(CultureInfo.InvariantCulture),
            entry.Hash,
        ]);
}
