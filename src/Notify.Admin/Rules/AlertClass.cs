using System.Collections.Immutable;

namespace Notify.Admin.Rules;

/// <summary>How much of a class of events rules hear.</summary>
public enum Extent
{
    Nothing,
    Part,
    Whole,
}

/// <summary>Alerts of one type and severity, and where it is asked for of one sub-type: a cell of the map of coverage.</summary>
/// <param name="Severity">A rank of <see cref="EventSeverity"/>.</param>
/// <param name="SubType">A literal of <see cref="SubKeyOf"/>, <see cref="Other"/>, or null for all.</param>
/// <remarks>Where a level of the type gives the severity, such alerts are taken to name that level. Otherwise they name none, and their
/// severity is a word of their source's own: rules hear them that do not ask for a level.</remarks>
public sealed record AlertClass(AlertType AlertType, int Severity, string? SubType = null)
{
    /// <summary>For <see cref="SubType"/>: alerts that name no known value, or none.</summary>
    public const string Other = "";

    /// <summary>Whether alerts can be of this class.</summary>
    public bool CanOccur => LevelKeyOf(AlertType) is not null || Severity == AlertType.BaseSeverity;

    private IEnumerable<string> Levels =>
        LevelKeyOf(AlertType)?.Values.Where(value => value.Severity == Severity).Select(value => value.Literal) ?? [];

    /// <summary>The key that decides the severity; null where the type alone does.</summary>
    public static AlertTypeKey? LevelKeyOf(AlertType alertType) =>
        alertType.Keys.FirstOrDefault(key => key.Values.Any(value => value.Severity is not null));

    /// <summary>The key that sorts alerts of a type further, with values to name; null where there is none.</summary>
    public static AlertTypeKey? SubKeyOf(AlertType alertType) =>
        alertType.Keys.FirstOrDefault(key => key != LevelKeyOf(alertType) && key.ConcreteValues.Any());

    /// <summary>A rule that hears this class and no other, as far as a rule can say it.</summary>
    public AlertRule ToRule()
    {
        var rule = AlertRule.ForAll(AlertType);
        if (LevelKeyOf(AlertType) is { } level && Levels.Any())
        {
            rule = rule.With(level.Name, Levels);
        }

        return SubKeyOf(AlertType) is { } sub && SubType is { Length: > 0 } value ? rule.With(sub.Name, value) : rule;
    }

    /// <summary>Rules that hear what <paramref name="list"/> does and this class too. A rule of the type is widened, and may hear more
    /// than both: it accepts each of its levels with each of its sub-types.</summary>
    public ConfigList AddTo(ConfigList list)
    {
        var own = ToRule();
        if (list.Find(AlertType) is not { } rule)
        {
            return ConfigList.Create([.. list.Rules, own]).List!;
        }

        foreach (var item in rule.Items.Where(item => !item.AcceptsAll))
        {
            var (key, added) = (AlertType.FindKey(item.Key)!, own.Find(item.Key)!);
            var known = item.Values.Select(key.Canonical).ToHashSet(StringComparer.Ordinal);
            var further = added.Values.Where(value => !known.Contains(key.Canonical(value))).ToImmutableArray();
            if (added.AcceptsAll || !further.IsEmpty)
            {
                rule = added.AcceptsAll ? rule.With(item.Key, Vocabulary.All) : rule.With(item.Key, [.. item.Values, .. further]);
            }
        }

        return ConfigList.Create([.. list.Rules.Select(each => each.AlertType == AlertType ? rule : each)]).List!;
    }
}
