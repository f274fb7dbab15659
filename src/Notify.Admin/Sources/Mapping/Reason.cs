using System.Globalization;
using System.Resources;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Localization;

namespace Notify.Admin.Sources;

/// <summary>Why something is refused or left out: a word, and what it is about. It is said when somebody reads it, in their
/// language.</summary>
/// <param name="Code">Its text in <see cref="SourceText"/> is <c>Why.</c> and this.</param>
/// <param name="Arguments">For the places in the text.</param>
public sealed record Reason(
    [property: JsonPropertyName("code")] string Code, [property: JsonPropertyName("arguments")] params IReadOnlyList<string> Arguments)
{
    private static readonly ResourceManager Texts = new(typeof(SourceText));

    /// <summary>The path that leads to it, where its field has several.</summary>
    [JsonPropertyName("place"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Place { get; init; }

    /// <summary>For programs and their logs.</summary>
    [JsonIgnore]
    public string English => Of(Arguments.Count == 0 ? Text : string.Format(CultureInfo.InvariantCulture, Text, [.. Arguments]));

    private string Text => Texts.GetString($"Why.{Code}", CultureInfo.InvariantCulture) ?? Code;

    /// <summary>In words of the current UI culture.</summary>
    public string In(IStringLocalizer<SourceText> text) =>
        Of(Arguments.Count == 0 ? text[$"Why.{Code}"] : text[$"Why.{Code}", [.. Arguments]]);

    public bool Equals(Reason? other) =>
        other is not null && Code == other.Code && Place == other.Place && Arguments.SequenceEqual(other.Arguments);

    public override int GetHashCode() => HashCode.Combine(Code, Place, Arguments.Count);

    public override string ToString() => English;

    private string Of(string said) => Place is null ? said : $"{Place}: {said}";
}
