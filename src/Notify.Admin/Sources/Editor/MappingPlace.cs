using Microsoft.Extensions.Localization;

namespace Notify.Admin.Sources;

/// <summary>Where in a mapping a problem is, in words of the current UI culture.</summary>
internal static class MappingPlace
{
    /// <param name="path">As a JSON Pointer.</param>
    public static string Say(string path, IStringLocalizer<SourceText> text)
    {
        var steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return steps switch
        {
            [] => text["Map.Place.Whole"],
            ["fields", var name, .. var rest] when EventMapping.FieldNames.Contains(name) =>
                Join(text[$"Map.Field.{name}"], rest switch
                {
                    [.., "from", var line] => Line(line, text),
                    [.., "table", var row] => $"“{row}”",
                    [var line] => Line(line, text),
                    _ => null,
                }),
            ["labels", var index, ..] => Join(text["Map.Labels"], Line(index, text)),
            ["drop", var index, ..] => Join(text["Map.Drop"], Line(index, text)),
            ["split", .. var rest] => Join(text["Map.Split"], rest is [var index] ? Line(index, text) : null),
            _ => path,
        };
    }

    private static string? Line(string index, IStringLocalizer<SourceText> text) =>
        int.TryParse(index, out var at) ? text["Map.Place.Line", at + 1].Value : null;

    private static string Join(string place, string? detail) => detail is null ? place : $"{place}, {detail}";
}
