using System.Collections.Immutable;

namespace Notify.Admin.Rules;

/// <summary>What of an event a condition looks at.</summary>
public enum OwnField
{
    Kind,
    State,
    Severity,
    Source,
    Group,
    Asset,
    Label,
    Text,
    New,
}

/// <summary>One value that an index finds rules by. An event has one of each field, and two of each of its labels.</summary>
/// <param name="Value">Canonical; null: a label that is there, whatever it says.</param>
/// <param name="Label">A label's name.</param>
public readonly record struct OwnKey(OwnField Field, string? Value, string? Label = null);

/// <summary>One condition of an own rule. Values are kept as they were written, and compared in their canonical form. That is made once:
/// so they cannot be set later.</summary>
public abstract record OwnCondition(OwnField Field)
{
    public abstract bool Holds(OwnFacts facts);

    /// <summary>What an event must have one of for the condition to hold, and holds if it has; empty where only <see cref="Holds"/> can
    /// say.</summary>
    internal virtual IReadOnlyList<OwnKey> Keys => [];
}

/// <summary>A field has one of these values; an event without it has none.</summary>
/// <param name="Label">The label's name, where the field is a label.</param>
public sealed record OneOfCondition(OwnField Field, ImmutableArray<string> Values, string? Label = null) : OwnCondition(Field)
{
    public ImmutableArray<string> Values { get; } = Values;

    public string? Label { get; } = Label;

    private readonly OwnKey[] _keys = [.. Values.Select(value => new OwnKey(Field, OwnFacts.Canonical(Field, value), Label)).Distinct()];

    internal override IReadOnlyList<OwnKey> Keys => _keys;

    public override bool Holds(OwnFacts facts) =>
        facts.Find(Field, Label) is { } value && Array.IndexOf(_keys, new OwnKey(Field, value, Label)) >= 0;
}

/// <summary>The event is at least as urgent; one that does not say is not.</summary>
/// <param name="From">A word of <see cref="OwnWords.Severities"/>, above the first.</param>
public sealed record SeverityFromCondition(string From) : OwnCondition(OwnField.Severity)
{
    public string From { get; } = From;

    private readonly OwnKey[] _keys = OwnWords.Severities.IndexOf(From) is > 0 and var from
        ? [.. OwnWords.Severities.Skip(from).Select(severity => new OwnKey(OwnField.Severity, severity))] : [];

    internal override IReadOnlyList<OwnKey> Keys => _keys;

    public override bool Holds(OwnFacts facts) =>
        facts.Find(OwnField.Severity) is { } severity && Array.IndexOf(_keys, new OwnKey(OwnField.Severity, severity)) >= 0;
}

/// <summary>The asset looks like a pattern in which <c>*</c> stands for any characters and <c>?</c> for one.</summary>
public sealed record AssetLikeCondition(string Pattern) : OwnCondition(OwnField.Asset)
{
    public string Pattern { get; } = Pattern;

    private readonly string _pattern = OwnFacts.Canonical(OwnField.Asset, Pattern);

    public override bool Holds(OwnFacts facts) => facts.Find(OwnField.Asset) is { } asset && Glob.IsMatch(_pattern, asset);
}

/// <summary>The event has a label of this name.</summary>
public sealed record LabelPresentCondition(string Label) : OwnCondition(OwnField.Label)
{
    public string Label { get; } = Label;

    private readonly OwnKey[] _keys = [new OwnKey(OwnField.Label, null, Label)];

    internal override IReadOnlyList<OwnKey> Keys => _keys;

    public override bool Holds(OwnFacts facts) => facts.Find(OwnField.Label, Label) is not null;
}

/// <summary>Title or text hold this, whatever the case, accents and widths of letters.</summary>
public sealed record TextCondition(string Contains) : OwnCondition(OwnField.Text)
{
    public string Contains { get; } = Contains;

    private readonly string _folded = OwnFacts.Fold(Contains);

    public override bool Holds(OwnFacts facts) => _folded.Length > 0 && facts.Folded.Contains(_folded, StringComparison.Ordinal);
}

/// <summary>The event is the first in so many days that is about its problem, or has its title and asset.</summary>
public sealed record NewCondition(int Days) : OwnCondition(OwnField.New)
{
    public const int MostDays = 90;

    public override bool Holds(OwnFacts facts) => !(facts.SeenAgo <= TimeSpan.FromDays(Days));
}
