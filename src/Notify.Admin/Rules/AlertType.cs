using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Notify.Admin.Rules;

/// <summary>One of the vendor's alert types, identified by what follows <c>sas-event-</c> in ConfigList's <c>type</c>.</summary>
/// <param name="Noun">The events in the plural, as a sentence calls them.</param>
/// <param name="LabelKey">The vendor's own key for the label, as DescribeDataSource answers it.</param>
/// <param name="Keys">In the vendor's order; one or two.</param>
public sealed record AlertType(
    string Suffix,
    Bilingual Label,
    Bilingual Noun,
    Bilingual Explanation,
    string LabelKey,
    ImmutableArray<AlertTypeKey> Keys)
{
    /// <summary>What the vendor's console writes before the suffix.</summary>
    public const string OnlinePrefix = "sas_analysis_online-sas-operation-log-sas-event-";

    /// <summary>Rank (see <see cref="EventSeverity"/>) of every event of this type, where its fields do not decide.</summary>
    public int BaseSeverity { get; init; }

    /// <summary>The <c>type</c> to write for a new rule.</summary>
    public string FullName => OnlinePrefix + Suffix;

    public AlertTypeKey? FindKey(string name) => Keys.FirstOrDefault(key => key.Name == name);
}

/// <summary>A key of an alert type with the values it may accept.</summary>
/// <param name="IsOpen">True where the vendor adds values: an unknown one is kept and matched literally.</param>
/// <param name="Restricted">How a sentence says that only some values are accepted; <c>{0}</c> is their list.</param>
/// <param name="Unrestricted">How a sentence says that any value is accepted.</param>
/// <param name="Values">In the vendor's order, <c>all</c> first.</param>
public sealed record AlertTypeKey(
    string Name,
    Bilingual Label,
    bool IsOpen,
    string LabelKey,
    Bilingual Restricted,
    Bilingual Unrestricted,
    ImmutableArray<AlertTypeValue> Values)
{
    private readonly FrozenDictionary<string, AlertTypeValue> _spellings = Values
        .SelectMany(value => value.Aliases.Prepend(value.Literal), KeyValuePair.Create<AlertTypeValue, string>)
        .ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The values other than <c>all</c>.</summary>
    public IEnumerable<AlertTypeValue> ConcreteValues => Values.Where(value => value.Literal != Vocabulary.All);

    /// <summary>The value written as <paramref name="text"/>, be it its literal or an alias; null when unknown.</summary>
    public AlertTypeValue? Find(string text) => _spellings.GetValueOrDefault(text);

    /// <summary>What <paramref name="text"/> is compared as: an alias becomes its literal, everything else stays as it is.</summary>
    public string Canonical(string text) => Find(text)?.Literal ?? text;
}

/// <summary>A value the vendor documents.</summary>
/// <param name="Aliases">Other spellings that mean the same, compared ordinally like the literal.</param>
public sealed record AlertTypeValue(string Literal, Bilingual Label, string LabelKey, ImmutableArray<string> Aliases)
{
    /// <summary>Rank of an event with this value (see <see cref="EventSeverity"/>); null where the key does not decide it.</summary>
    public int? Severity { get; init; }
}
