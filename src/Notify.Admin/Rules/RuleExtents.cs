using System.Collections.Immutable;

namespace Notify.Admin.Rules;

/// <summary>How much of classes of alerts all chatbots hear. Rules that accept the same are one, so that a class costs as much as there are
/// different rules and chatbots that hear it. Immutable and safe to share.</summary>
/// <remarks>What a rule accepts of a key is a set of bits: one for each value of the vocabulary, one for values beyond it, and
/// <see cref="Anything"/> where it is not restricted.</remarks>
public sealed class RuleExtents
{
    private const ulong Anything = ulong.MaxValue;
    private const ulong Unknown = 1UL << 62;

    private readonly Dictionary<AlertType, ImmutableArray<Shape>> _shapes;

    private RuleExtents(Dictionary<AlertType, ImmutableArray<Shape>> shapes)
    {
        _shapes = shapes;
    }

    /// <summary>Compiles the rules; chatbots that are off leave no trace.</summary>
    public static RuleExtents Build(IEnumerable<RuleSubscription> subscriptions)
    {
        Dictionary<(AlertType Type, ulong Levels, ulong SubTypes), Shape> shapes = [];
        // Chatbots often share their rules, word for word.
        Dictionary<AlertRule, (ulong Levels, ulong SubTypes)> read = [];
        foreach (var subscription in subscriptions.Where(subscription => subscription.IsOn))
        {
            foreach (var rule in subscription.Rules.Rules)
            {
                if (!read.TryGetValue(rule, out var bits))
                {
                    read[rule] = bits = (BitsOf(rule, AlertClass.LevelKeyOf(rule.AlertType!)), BitsOf(rule, AlertClass.SubKeyOf(
                        rule.AlertType!)));
                }

                if (!shapes.TryGetValue((rule.AlertType!, bits.Levels, bits.SubTypes), out var shape))
                {
                    shapes[(rule.AlertType!, bits.Levels, bits.SubTypes)] = shape = new Shape(bits.Levels, bits.SubTypes);
                }

                shape.Add(subscription);
            }
        }

        return new(shapes.GroupBy(pair => pair.Key.Type).ToDictionary(type => type.Key, type => type.Select(pair => pair.Value)
            .ToImmutableArray()));
    }

    /// <summary>The chatbots that hear some or all of a class, each once.</summary>
    /// <param name="groupId">Of this asset group alone; null for every group.</param>
    public IEnumerable<(int ChatbotId, Extent Extent)> Find(AlertClass events, string? groupId)
    {
        if (!events.CanOccur || !_shapes.TryGetValue(events.AlertType, out var shapes))
        {
            yield break;
        }

        var (levels, subTypes) = (LevelsOf(events), SubTypesOf(events));
        foreach (var shape in shapes)
        {
            var extent = shape.Hears(levels, subTypes);
            if (extent == Extent.Nothing)
            {
                continue;
            }

            foreach (var id in shape.Ungrouped)
            {
                yield return (id, extent);
            }

            foreach (var id in groupId is null ? shape.Grouped : shape.OfGroup(groupId))
            {
                yield return (id, groupId is null ? Extent.Part : extent);
            }
        }
    }

    // Alerts without a level satisfy only a key that is not restricted, which no single bit is.
    private static ulong LevelsOf(AlertClass events) => AlertClass.LevelKeyOf(events.AlertType) is not { } key ? 0
        : key.Values.Select((value, at) => value.Severity == events.Severity ? 1UL << at : 0).Aggregate(0UL, (all, bit) => all | bit);

    private static ulong? SubTypesOf(AlertClass events) => events.SubType switch
    {
        null => null,
        AlertClass.Other => Unknown,
        var value => BitOf(AlertClass.SubKeyOf(events.AlertType), value),
    };

    private static ulong BitsOf(AlertRule rule, AlertTypeKey? key) =>
        key is null || rule.Find(key.Name) is not { AcceptsAll: false } item ? Anything
            : item.Values.Aggregate(0UL, (all, value) => all | BitOf(key, value));

    private static ulong BitOf(AlertTypeKey? key, string value) =>
        key?.Find(value) is { } known ? 1UL << key.Values.IndexOf(known) : Unknown;

    private sealed class Shape(ulong levels, ulong subTypes)
    {
        private readonly Dictionary<string, List<int>> _byGroup = new(StringComparer.Ordinal);

        public List<int> Ungrouped { get; } = [];

        public List<int> Grouped { get; } = [];

        public List<int> OfGroup(string groupId) => _byGroup.GetValueOrDefault(groupId) ?? [];

        public void Add(RuleSubscription subscription)
        {
            if (subscription.GroupIds.Count == 0)
            {
                Ungrouped.Add(subscription.ChatbotId);
            }
            else
            {
                Grouped.Add(subscription.ChatbotId);
                foreach (var group in subscription.GroupIds.Distinct(StringComparer.Ordinal))
                {
                    if (!_byGroup.TryGetValue(group, out var ids))
                    {
                        _byGroup[group] = ids = [];
                    }

                    ids.Add(subscription.ChatbotId);
                }
            }
        }

        public Extent Hears(ulong askedLevels, ulong? askedSubTypes)
        {
            var byLevel = levels == Anything || (askedLevels != 0 && (levels & askedLevels) == askedLevels) ? Extent.Whole
                : (levels & askedLevels) != 0 ? Extent.Part : Extent.Nothing;
            var bySubType = subTypes == Anything ? Extent.Whole
                : askedSubTypes is not { } asked ? Extent.Part
                : (subTypes & asked) == 0 ? Extent.Nothing
                // Of the values beyond the vocabulary it names some.
                : asked == Unknown ? Extent.Part : Extent.Whole;
            return byLevel < bySubType ? byLevel : bySubType;
        }
    }
}
