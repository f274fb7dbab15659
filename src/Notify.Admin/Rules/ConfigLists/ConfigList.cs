using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Notify.Admin.Rules;

/// <summary>A chatbot's alert rules, valid by construction, with their JSON as written. The order of rules does not matter for
/// matching.</summary>
public sealed class ConfigList : IEquatable<ConfigList>
{
    /// <summary>The longest text that is read, in characters; the vendor's longest list has about 1,240.</summary>
    public const int MaxLength = 65_536;

    internal ConfigList(ImmutableArray<AlertRule> rules)
    {
        Rules = rules;
        Json = ConfigListWriter.Write(rules);
    }

    /// <summary>No rules: the chatbot hears nothing.</summary>
    public static ConfigList Empty { get; } = new([]);

    public ImmutableArray<AlertRule> Rules { get; }

    /// <summary>Minified JSON of the same content and order as written.</summary>
    public string Json { get; }

    /// <summary>Reads and checks JSON. Never throws; a text that is not a valid list gives the errors with their places.</summary>
    public static ConfigListResult Parse(string json) => ConfigListReader.Read(json);

    /// <summary>Checks rules put together in code or on screen; the errors' paths are right, their lines are those of the minified
    /// text.</summary>
    public static ConfigListResult Create(params IEnumerable<AlertRule> rules) => Parse(ConfigListWriter.Write([.. rules]));

    /// <summary>The JSON on several lines, for an editor. <see cref="Parse"/> gives back an equal list.</summary>
    public string ToReadableJson() => ConfigListWriter.LayOut(Json);

    public AlertRule? Find(AlertType alertType) => Rules.FirstOrDefault(rule => rule.AlertType == alertType);

    /// <summary>Same content in the same order, written the same way.</summary>
    public bool Equals(ConfigList? other) => other is not null && Json == other.Json;

    public override bool Equals(object? obj) => Equals(obj as ConfigList);

    public override int GetHashCode() => Json.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Json;
}

/// <summary>A list, or every reason why the text is none.</summary>
public sealed record ConfigListResult(ConfigList? List, ImmutableArray<ConfigListError> Errors)
{
    [MemberNotNullWhen(true, nameof(List))]
    public bool IsValid => List is not null;
}
