namespace Notify.Admin.FunctionAccess;

/// <summary>How a file of access lists is written.</summary>
public enum AccessFileFormat
{
    Yaml = 1,
    Json = 2,
    Csv = 3,
}

/// <summary>The names of the formats.</summary>
internal static class AccessFileFormats
{
    public static readonly IReadOnlyList<AccessFileFormat> All = [AccessFileFormat.Yaml, AccessFileFormat.Json, AccessFileFormat.Csv];

    /// <summary>In addresses, and as the ending of a file.</summary>
    public static string ToName(this AccessFileFormat format) => format switch
    {
        AccessFileFormat.Yaml => "yaml",
        AccessFileFormat.Json => "json",
        AccessFileFormat.Csv => "csv",
    };

    public static string ToContentType(this AccessFileFormat format) => format switch
    {
        AccessFileFormat.Yaml => "application/yaml; charset=utf-8",
        AccessFileFormat.Json => "application/json; charset=utf-8",
        AccessFileFormat.Csv => "text/csv; charset=utf-8",
    };

    /// <returns>Null for another name.</returns>
    public static AccessFileFormat? OfName(string? name) => name?.ToLowerInvariant() switch
    {
        "yaml" or "yml" => AccessFileFormat.Yaml,
        "json" => AccessFileFormat.Json,
        "csv" => AccessFileFormat.Csv,
        _ => null,
    };

    /// <returns>Null for a type that says nothing about it.</returns>
    public static AccessFileFormat? OfContentType(string? type) => type?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "application/yaml" or "application/x-yaml" or "text/yaml" or "text/x-yaml" => AccessFileFormat.Yaml,
        "application/json" => AccessFileFormat.Json,
        "text/csv" => AccessFileFormat.Csv,
        _ => null,
    };

    /// <summary>By how the text begins: for what was pasted, or has an ending that says nothing.</summary>
    public static AccessFileFormat Guess(ReadOnlySpan<char> text)
    {
        text = text.TrimStart("\uFEFF \t\r\n");
        if (text is ['{' or '[', ..])
        {
            return AccessFileFormat.Json;
        }

        var line = text.IndexOfAny('\r', '\n') is >= 0 and var end ? text[..end] : text;
        return line is not ['#', ..] && line.IndexOf(':') < 0 && line.IndexOfAny(",;\t") >= 0
            ? AccessFileFormat.Csv : AccessFileFormat.Yaml;
    }
}
