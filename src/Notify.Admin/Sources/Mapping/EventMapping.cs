namespace Notify.Admin.Sources;

/// <summary>How payloads become events, as data: every kind of source is one, and a person's own too. The text of it is JSON; README has
/// the grammar.</summary>
/// <param name="Split">Arrays of which each element is an event; none where the payload is one.</param>
/// <param name="Fields">By name, in <see cref="FieldNames"/>'s order.</param>
public sealed record EventMapping(
    IReadOnlyList<JsonPointer> Split,
    IReadOnlyList<DropCondition> Drop,
    IReadOnlyDictionary<string, FieldRule> Fields,
    IReadOnlyList<LabelRule> Labels)
{
    public static readonly EventMapping Empty = new([], [], new Dictionary<string, FieldRule>(), []);

    /// <summary>The fields that a rule fills; labels have rules of their own.</summary>
    public static readonly IReadOnlyList<string> FieldNames =
        ["id", "occurrence", "kind", "state", "severity", "title", "text", "asset", "group", "link", "time"];
}

/// <summary>What is wrong with the text of a mapping.</summary>
/// <param name="Path">Where, as a JSON Pointer into the mapping; empty for all of it.</param>
public sealed record MappingTextProblem(string Path, Reason Reason);
