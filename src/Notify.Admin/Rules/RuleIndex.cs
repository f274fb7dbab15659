using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Notify.Admin.Rules;

/// <summary>What one chatbot hears, as the index takes it.</summary>
/// <param name="GroupIds">Empty: every asset group, and events without one.</param>
public sealed record RuleSubscription(int ChatbotId, ConfigList Rules, IReadOnlyCollection<string> GroupIds, bool IsOn);

/// <summary>A chatbot that hears an event, and which of its rules (position in its list, from 0) says so.</summary>
public readonly record struct RuleMatch(int ChatbotId, int RuleIndex);

/// <summary>The rules of all chatbots, compiled for looking up one event: the same verdict as <see cref="RuleEvaluator.Hears"/> for each,
/// at a cost that grows with the chatbots that hear it and not with those that do not. Immutable and safe to share.</summary>
/// <remarks>For every alert type there is a table from (value of the first key, value of the second, group) to the rules that accept
/// exactly these, where <see cref="Wildcard"/> stands for "any". An event is looked up under each mixture of its own values and the
/// wildcard: at most eight times. Every rule found that way matches, and is found once.</remarks>
public sealed class RuleIndex
{
    /// <summary>Above so many entries a rule is no longer entered once for each of its groups; they are then checked when it is
    /// found.</summary>
    internal const int MaxEntriesPerRule = 512;

    private const int Wildcard = 0;

    private readonly Dictionary<string, int> _groupCodes = new(StringComparer.Ordinal);
    private readonly ImmutableArray<Table> _tables;
    private readonly RuleMatches.Entry[] _entries;

    private RuleIndex(IReadOnlyCollection<RuleSubscription> subscriptions)
    {
        _tables = [.. Vocabulary.AlertTypes.Select(alertType => new Table(alertType))];
        var rules = Encode(subscriptions);

        // Counting first lets all entries lie in one array, each cell's side by side.
        foreach (var rule in rules)
        {
            foreach (var cell in rule.Cells())
            {
                CollectionsMarshal.GetValueRefOrAddDefault(rule.Table.Cells, cell, out _).Count++;
            }
        }

        var total = 0;
        foreach (var table in _tables)
        {
            foreach (var cell in table.Cells.Keys)
            {
                ref var slice = ref CollectionsMarshal.GetValueRefOrNullRef(table.Cells, cell);
                (slice.Start, total, slice.Count) = (total, total + slice.Count, 0);
            }
        }

        _entries = new RuleMatches.Entry[total];
        foreach (var rule in rules)
        {
            foreach (var cell in rule.Cells())
            {
                ref var slice = ref CollectionsMarshal.GetValueRefOrNullRef(rule.Table.Cells, cell);
                _entries[slice.Start + slice.Count++] = rule.Entry;
            }
        }
    }

    public static RuleIndex Empty { get; } = new([]);

    /// <summary>Compiles the rules; chatbots that are off, or have none, leave no trace.</summary>
    public static RuleIndex Build(IReadOnlyCollection<RuleSubscription> subscriptions) => new(subscriptions);

    /// <summary>The chatbots that hear the event, each once, in no particular order. Allocates nothing.</summary>
    public RuleMatches Match(in AlertFacts facts)
    {
        var matches = new RuleMatches(_entries, facts.GroupId);
        foreach (var table in _tables)
        {
            if (ReferenceEquals(table.AlertType, facts.AlertType))
            {
                var group = facts.GroupId is { } id && _groupCodes.TryGetValue(id, out var code) ? code : Wildcard;
                table.Find(facts, group, ref matches);
            }
        }

        return matches;
    }

    private List<EncodedRule> Encode(IReadOnlyCollection<RuleSubscription> subscriptions)
    {
        var rules = new List<EncodedRule>(subscriptions.Count);
        foreach (var subscription in subscriptions.Where(subscription => subscription.IsOn))
        {
            int[] groups = subscription.GroupIds.Count == 0
                ? [Wildcard]
                : [.. subscription.GroupIds.Select(id => CodeOf(id, _groupCodes)).Distinct()];
            HashSet<string>? check = null;
            for (var at = 0; at < subscription.Rules.Rules.Length; at++)
            {
                var rule = subscription.Rules.Rules[at];
                var table = _tables.First(table => ReferenceEquals(table.AlertType, rule.AlertType));
                var (first, second) = table.Encode(rule);
                var match = new RuleMatch(subscription.ChatbotId, at);
                if (groups is [Wildcard] || (long)first.Length * second.Length * groups.Length <= MaxEntriesPerRule)
                {
                    rules.Add(new(table, first, second, groups, new(match, Groups: null)));
                }
                else
                {
                    check ??= new(subscription.GroupIds, StringComparer.Ordinal);
                    rules.Add(new(table, first, second, [Wildcard], new(match, check)));
                }
            }
        }

        return rules;
    }

    private static int CodeOf(string word, Dictionary<string, int> codes)
    {
        ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(codes, word, out var isKnown);
        return isKnown ? code : code = codes.Count;
    }

    private readonly record struct Cell(int First, int Second, int Group);

    private sealed record EncodedRule(Table Table, int[] First, int[] Second, int[] Groups, RuleMatches.Entry Entry)
    {
        public IEnumerable<Cell> Cells()
        {
            foreach (var first in First)
            {
                foreach (var second in Second)
                {
                    foreach (var group in Groups)
                    {
                        yield return new(first, second, group);
                    }
                }
            }
        }
    }

    /// <summary>The rules for one alert type.</summary>
    private sealed class Table(AlertType alertType)
    {
        private readonly KeyCodes _first = new(alertType.Keys[0]);
        private readonly KeyCodes? _second = alertType.Keys.Length > 1 ? new(alertType.Keys[1]) : null;

        public AlertType AlertType { get; } = alertType;

        public Dictionary<Cell, RuleMatches.Slice> Cells { get; } = [];

        public (int[] First, int[] Second) Encode(AlertRule rule) => (_first.Encode(rule), _second?.Encode(rule) ?? [Wildcard]);

        public void Find(in AlertFacts facts, int group, ref RuleMatches matches)
        {
            var first = _first.CodeOf(facts);
            var second = _second?.CodeOf(facts) ?? Wildcard;
            for (var mixture = 0; mixture < RuleMatches.MaxSlices; mixture++)
            {
                // A part that is the wildcard anyway would be looked up twice.
                if (((mixture & 1) != 0 && first == Wildcard) || ((mixture & 2) != 0 && second == Wildcard)
                    || ((mixture & 4) != 0 && group == Wildcard))
                {
                    continue;
                }

                var cell = new Cell((mixture & 1) != 0 ? first : Wildcard, (mixture & 2) != 0 ? second : Wildcard, (mixture & 4) != 0
                    ? group : Wildcard);
                if (Cells.TryGetValue(cell, out var slice))
                {
                    matches.Add(slice);
                }
            }
        }
    }

    /// <summary>Numbers for the values of one key, from 1; an alias has its literal's.</summary>
    private sealed class KeyCodes
    {
        private readonly AlertTypeKey _key;
        private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);

        public KeyCodes(AlertTypeKey key)
        {
            _key = key;
        }

        public int[] Encode(AlertRule rule)
        {
            if (rule.Find(_key.Name) is not { AcceptsAll: false } item)
            {
                return [Wildcard];
            }

            return [.. item.Values.Select(Enter).Distinct()];
        }

        public int CodeOf(in AlertFacts facts) =>
            facts[_key.Name] is { } value
                && (_codes.TryGetValue(value, out var code) || _codes.TryGetValue(_key.Canonical(value), out code)) ? code : Wildcard;

        private int Enter(string value) => RuleIndex.CodeOf(_key.Canonical(value), _codes);
    }
}
