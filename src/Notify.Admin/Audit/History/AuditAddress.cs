using System.Globalization;
using Notify.Admin.Data;
using Notify.Admin.Shared;

namespace Notify.Admin.Audit;

/// <summary>The audit page's query string: filters and where the page begins.</summary>
public sealed record AuditAddress(string? Action, string? Who, TimePeriod Period, string? Text, PageCursor Cursor)
{
    public static readonly AuditAddress Empty = new(null, null, TimePeriod.Any, null, PageCursor.Newest);

    public int ActiveCount => (Action is null ? 0 : 1) + (Who is null ? 0 : 1) + (Period.IsAny ? 0 : 1) + (Text is null ? 0 : 1);

    /// <summary>The page without its cursor shows the newest rows.</summary>
    public bool IsNewest => Cursor == PageCursor.Newest;

    /// <summary>Reads the values of an address; what cannot be read counts as not given.</summary>
    public static AuditAddress Parse(string? action, string? who, TimePeriod period, string? text, string? before, string? after) => new(
        SearchText.Clean(action), SearchText.Clean(who, longest: 256), period, SearchText.Clean(text),
        new PageCursor(Id(before), Id(after)));

    public AuditFilter ToFilter(DateTimeOffset now)
    {
        var (from, to) = Period.At(now);
        return new AuditFilter { Action = Action, Who = Who, From = from, To = to, Text = Text };
    }

    /// <summary>For <c>GetUriWithQueryParameters</c>; null takes a parameter away.</summary>
    public Dictionary<string, object?> ToQuery() => new()
    {
        ["action"] = Action,
        ["who"] = Who,
        ["time"] = Period.Name,
        ["from"] = TimePeriod.ToText(Period.From),
        ["to"] = TimePeriod.ToText(Period.To),
        ["q"] = Text,
        ["before"] = Cursor.Before,
        ["after"] = Cursor.After,
    };

    /// <summary>Where these filters' entries are exported.</summary>
    internal string ToExport(AuditFormat format) => AuditEndpoints.ExportPath + QueryString.Create(
        ToQuery().Where(pair => pair is { Value: string, Key: not ("before" or "after") })
        .Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))
            .Append(KeyValuePair.Create("format", (string?)AuditExport.EndingOf(format))));

    private static long? Id(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
