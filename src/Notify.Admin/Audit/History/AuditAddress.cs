using Notify.Admin.Data;
using Notify.Admin.LivePages;

namespace Notify.Admin.Audit;

/// <summary>The audit page's query string.</summary>
public sealed record AuditAddress : HistoryAddress, IHistoryAddress<AuditAddress>
{
    public static readonly AuditAddress Empty = new();

    public string? Action { get; init; }

    public string? Who { get; init; }

    public AuditedSubject? Subject { get; init; }

    protected override IReadOnlyDictionary<string, string?> Own =>
        new Dictionary<string, string?> { ["action"] = Action, ["who"] = Who, ["subject"] = Subject?.ToString() };

    public static AuditAddress Parse(Func<string, string?> value) => Complete(
        new AuditAddress
        {
            Action = SearchText.Clean(value("action")),
            Who = SearchText.Clean(value("who"), longest: 256),
            Subject = AuditedSubject.Parse(value("subject")),
        },
        value);

    public AuditFilter ToFilter(DateTimeOffset now)
    {
        var (from, to) = Period.At(now);
        return new AuditFilter { Action = Action, Who = Who, Subject = Subject, From = from, To = to, Text = Text };
    }

    /// <summary>Where these filters' entries are exported.</summary>
    internal string ToExport(AuditFormat format) => AuditEndpoints.ExportPath + QueryString.Create(
        ToQuery().Where(pair => pair is { Value: string, Key: not ("before" or "after") })
        .Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))
            .Append(KeyValuePair.Create("format", (string?)AuditExport.EndingOf(format))));
}
