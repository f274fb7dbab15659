using System.Globalization;
using System.Text;

namespace Notify.Admin.Shared;

/// <summary>A CSV file that is sent while its rows are read: it takes no more memory for more of them.</summary>
/// <param name="name">Of the file, without the time and the ending.</param>
/// <param name="columns">The first line.</param>
internal sealed class CsvDownload(string name, IReadOnlyList<string> columns, IAsyncEnumerable<IEnumerable<string?>> rows) : IResult
{
    public const string ContentType = "text/csv; charset=utf-8";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var now = httpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var (response, stop) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}-{now:yyyyMMdd-HHmmss}.csv\"";
        await using var writer = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            bufferSize: 16 * 1024, leaveOpen: true);
        await writer.WriteAsync(Head(columns).AsMemory(), stop);
        await foreach (var row in rows.WithCancellation(stop))
        {
            await writer.WriteAsync(Line(row).AsMemory(), stop);
        }
    }

    /// <summary>The first line; the mark in front tells Excel that it is UTF-8.</summary>
    public static string Head(IEnumerable<string> columns) => "\uFEFF" + Line(columns);

    public static string Line(IEnumerable<string?> cells) =>
        string.Join(',', cells.Select(cell => SpreadsheetCell.Write(cell ?? ""))) + "\r\n";

    /// <summary>A moment as a cell.</summary>
    public static string? Cell(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>A number as a cell.</summary>
    public static string Cell(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Yes or no as a cell.</summary>
    public static string? Cell(bool? answer) => answer switch { true => "yes", false => "no", null => null };
}
