using Microsoft.Extensions.Localization;

namespace Notify.Admin.Sources;

/// <summary>What is wrong with a payload, in words of the current UI culture.</summary>
internal static class MappingProblemText
{
    public static string Say(MappingProblem problem, IStringLocalizer<SourceText> text) =>
        text["Problem.Said", NameOf(problem, text), problem.Reason.In(text)];

    /// <summary>The field, and the element where the payload has several.</summary>
    public static string NameOf(MappingProblem problem, IStringLocalizer<SourceText> text)
    {
        var name = text[EventMapping.FieldNames.Contains(problem.Field) ? $"Map.Field.{problem.Field}" : $"Problem.{problem.Field}"].Value;
        return problem.Index is { } index ? $"{name} [{index}]" : name;
    }
}
