namespace Notify.Admin.Rules;

/// <summary>A channel's own rules, as the index takes them.</summary>
public sealed record OwnSubscription(int ChannelId, OwnRuleList Rules, bool IsOn);

/// <summary>A channel that hears an event, and the first of its own rules (from 0) that says so.</summary>
public readonly record struct OwnMatch(int ChannelId, int RuleIndex);

/// <summary>The own rules of all channels, compiled for looking up one event: the same verdict as <see cref="OwnRuleList.FirstMatch"/> for
/// each, at a cost that grows with the rules that match and not with those that do not. Immutable and safe to share.</summary>
/// <remarks>A tree. Each rule is entered under the values of one of its conditions: the one whose values the fewest rules share, so that an
/// event meets few rules that are not its own. Where still many share a value, they are told apart by the next condition in the same way.
/// An event has one value of each, so it meets a rule once. Patterns and texts are compared last.</remarks>
public sealed class OwnRuleIndex
{
    /// <summary>So few are compared sooner than looked up.</summary>
    private const int FewRules = 8;

    /// <summary>Above so many entries a condition is compared when the rule is met.</summary>
    private const int MaxEntriesPerRule = 512;

    // Among conditions that are shared alike, the one that most likely tells more apart.
    private static readonly OwnField[] ByNarrowness =
        [OwnField.Asset, OwnField.Label, OwnField.Group, OwnField.Source, OwnField.Kind, OwnField.Severity, OwnField.State];

    private readonly Node _top;

    private OwnRuleIndex(List<Entry> entries)
    {
        _top = new Node(entries);
    }

    public static OwnRuleIndex Empty { get; } = new([]);

    /// <summary>No channel has a rule.</summary>
    public bool IsEmpty => _top.IsEmpty;

    /// <summary>Compiles the rules; channels that are off, or have none, leave no trace.</summary>
    public static OwnRuleIndex Build(IEnumerable<OwnSubscription> subscriptions) => new([.. subscriptions
        .Where(subscription => subscription.IsOn)
        .SelectMany(subscription => subscription.Rules.Rules.Select((rule, at) =>
            new Entry(new OwnMatch(subscription.ChannelId, at), [.. rule.Conditions], 1)))]);

    /// <summary>The channels that hear the event, each once, in no particular order; by channel, its first rule.</summary>
    public IReadOnlyDictionary<int, int> Match(OwnFacts facts)
    {
        var found = new Dictionary<int, int>();
        _top.Find(facts, found);
        return found;
    }

    /// <param name="Open">What is not known to hold by the way here.</param>
    /// <param name="Copies">How often the way here enters the rule.</param>
    private sealed record Entry(OwnMatch Match, OwnCondition[] Open, int Copies)
    {
        public bool Holds(OwnFacts facts)
        {
            foreach (var condition in Open)
            {
                if (!condition.Holds(facts))
                {
                    return false;
                }
            }

            return true;
        }

        public Entry Under(OwnCondition condition) =>
            new(Match, [.. Open.Where(other => !ReferenceEquals(other, condition))], Copies * condition.Keys.Count);
    }

    private sealed class Node
    {
        private readonly Entry[] _compared;
        private readonly Dictionary<OwnKey, Node> _under = [];
        private readonly bool _hasLabels;

        public Node(List<Entry> entries)
        {
            if (entries.Count <= FewRules)
            {
                _compared = [.. entries];
                return;
            }

            var shared = new Dictionary<OwnKey, int>();
            foreach (var key in entries.SelectMany(entry => Usable(entry).SelectMany(condition => condition.Keys)))
            {
                shared[key] = shared.GetValueOrDefault(key) + 1;
            }

            var compared = new List<Entry>();
            var under = new Dictionary<OwnKey, List<Entry>>();
            foreach (var entry in entries)
            {
                if (Usable(entry).OrderBy(condition => condition.Keys.Max(key => shared[key]))
                    .ThenBy(condition => Array.IndexOf(ByNarrowness, condition.Field)).FirstOrDefault() is not { } chosen)
                {
                    compared.Add(entry);
                    continue;
                }

                var below = entry.Under(chosen);
                foreach (var key in chosen.Keys)
                {
                    if (!under.TryGetValue(key, out var list))
                    {
                        under[key] = list = [];
                    }

                    list.Add(below);
                }
            }

            _compared = [.. compared];
            _under = under.ToDictionary(part => part.Key, part => new Node(part.Value));
            _hasLabels = under.Keys.Any(key => key.Field == OwnField.Label);
        }

        public bool IsEmpty => _compared.Length == 0 && _under.Count == 0;

        public void Find(OwnFacts facts, Dictionary<int, int> found)
        {
            foreach (var entry in _compared)
            {
                var (channel, rule) = entry.Match;
                if ((!found.TryGetValue(channel, out var first) || rule < first) && entry.Holds(facts))
                {
                    found[channel] = rule;
                }
            }

            if (_under.Count == 0)
            {
                return;
            }

            foreach (var key in facts.Keys)
            {
                if (key.Field == OwnField.Label && !_hasLabels)
                {
                    break;
                }

                if (_under.TryGetValue(key, out var below))
                {
                    below.Find(facts, found);
                }
            }
        }

        private static IEnumerable<OwnCondition> Usable(Entry entry) =>
            entry.Open.Where(condition => condition.Keys.Count > 0 && (long)entry.Copies * condition.Keys.Count <= MaxEntriesPerRule);
    }
}
