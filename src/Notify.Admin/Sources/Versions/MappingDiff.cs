using System.Text.Json;

namespace Notify.Admin.Sources;

/// <summary>One part of a mapping that differs between two.</summary>
/// <param name="Path">Of the part, as a JSON Pointer into the mapping: <c>/fields/title</c>, <c>/split</c>.</param>
/// <param name="Before">As JSON; null where it is not there.</param>
public sealed record MappingChange(string Path, string? Before, string? After);

/// <summary>How two mappings differ, field by field.</summary>
public static class MappingDiff
{
    public static IReadOnlyList<MappingChange> Of(EventMapping before, EventMapping after)
    {
        var (then, now) = (Parts(before), Parts(after));
        return
        [
            .. from place in Places
               let was = then.GetValueOrDefault(place)
               let isNow = now.GetValueOrDefault(place)
               where was != isNow
               select new MappingChange(place, was, isNow),
        ];
    }

    private static IEnumerable<string> Places =>
        [.. EventMapping.FieldNames.Select(name => $"/fields/{name}"), "/split", "/drop", "/labels"];

    private static Dictionary<string, string> Parts(EventMapping mapping)
    {
        using var document = JsonDocument.Parse(MappingWriter.Write(mapping));
        return document.RootElement.EnumerateObject().SelectMany(part => part.Name == "fields"
            ? part.Value.EnumerateObject().Select(field => (Path: $"/fields/{field.Name}", field.Value))
            : [(Path: $"/{part.Name}", part.Value)]).ToDictionary(part => part.Path, part => Unindent(part.Value.GetRawText()));
    }

    // It stands as deep as it did in the whole.
    private static string Unindent(string json)
    {
        var depth = json.LastIndexOf('\n') is var last and >= 0 ? json.AsSpan(last + 1).IndexOfAnyExcept(' ') : 0;
        return depth > 0 ? json.Replace("\n" + new string(' ', depth), "\n", StringComparison.Ordinal) : json;
    }
}
