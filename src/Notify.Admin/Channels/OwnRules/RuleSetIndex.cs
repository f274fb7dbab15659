using System.Globalization;
using Notify.Admin.Rules;

namespace Notify.Admin.Channels;

/// <summary>The rule sets that the channels of one kind use, each compiled once however many use it: an event is asked of the sets, and
/// those that match name their channels. Immutable and safe to share.</summary>
internal sealed class RuleSetIndex
{
    private readonly IReadOnlyList<OwnRuleListener> _listeners;
    private readonly Dictionary<int, Used> _used;
    private readonly OwnRuleIndex _index;
    private readonly Lazy<OwnRuleExtents> _extents;

    /// <param name="sets">More than are used leave no trace.</param>
    public RuleSetIndex(IReadOnlyList<OwnRuleListener> listeners, IEnumerable<SharedRules> sets)
    {
        _listeners = listeners;
        var users = listeners.SelectMany(listener => listener.RuleSets.Select(set => (set, listener)))
            .ToLookup(pair => pair.set, pair => pair.listener);
        _used = sets.Where(set => users.Contains(set.Id))
            .ToDictionary(set => set.Id, set => new Used(set, [.. users[set.Id].Where(user => user.IsOn).Select(user => user.ChannelId)]));
        var subscriptions = _used.Values
            .Select(used => new OwnSubscription(used.Set.Id, used.Set.Rules, used.Channels.Length > 0)).ToList();
        _index = OwnRuleIndex.Build(subscriptions);
        _extents = new(() => OwnRuleExtents.Build(subscriptions));
    }

    /// <summary>No channel that is on uses a rule.</summary>
    public bool IsEmpty => _index.IsEmpty;

    /// <inheritdoc cref="OwnRule.NewDays"/>
    public int NewDays => _used.Values.Select(used => used.Set.Rules.NewDays).DefaultIfEmpty().Max();

    /// <summary>The same with other rules in one of the sets.</summary>
    public RuleSetIndex With(SharedRules changed) =>
        new(_listeners, _used.Values.Select(used => used.Set.Id == changed.Id ? changed : used.Set));

    public SharedRules? Find(int id) => _used.GetValueOrDefault(id)?.Set;

    /// <summary>The channels whose sets match, each once, with the reason by its first set.</summary>
    public Dictionary<int, SharedMatch> Match(OwnFacts facts)
    {
        Dictionary<int, SharedMatch> found = [];
        foreach (var (id, rule) in _index.Match(facts).OrderBy(match => match.Key))
        {
            var used = _used[id];
            foreach (var channel in used.Channels)
            {
                found.TryAdd(channel, used.Matches[rule]);
            }
        }

        return found;
    }

    /// <summary>How many conditions of each set's nearest rule fail; sets that ask for events of another kind are left out.</summary>
    public Dictionary<int, int> Measure(OwnFacts facts)
    {
        Dictionary<int, int> away = [];
        foreach (var used in _used.Values)
        {
            if (used.Set.Rules.Nearest(facts) is var (_, failed))
            {
                away[used.Set.Id] = failed;
            }
        }

        return away;
    }

    /// <summary>How much of a class of events the sets of each channel hear.</summary>
    public Dictionary<int, Extent> Cover(EventClass events)
    {
        Dictionary<int, Extent> found = [];
        foreach (var (id, extent) in _extents.Value.Find(events.Type, (int)events.Severity, events.GroupId))
        {
            foreach (var channel in _used[id].Channels)
            {
                found[channel] = found.TryGetValue(channel, out var before) && before > extent ? before : extent;
            }
        }

        return found;
    }

    /// <param name="Channels">That are on.</param>
    private sealed record Used(SharedRules Set, int[] Channels)
    {
        public SharedMatch[] Matches { get; } =
            [.. Set.Rules.Rules.Select((rule, at) => new SharedMatch(RuleSetReason.Of(Set.Name, at + 1), rule.NewDays > 0))];
    }
}

/// <summary>Why a channel hears an event by a rule set.</summary>
/// <param name="IfNew">By a rule that asks for new events.</param>
internal readonly record struct SharedMatch(string Reason, bool IfNew);

/// <summary>Why a channel hears an event by a rule set, as a delivery keeps it: <c>rule set "Production", rule 2</c>. It has the name of
/// that time.</summary>
public static class RuleSetReason
{
    private const string Prefix = "rule set \"";
    private const string Middle = "\", rule ";

    /// <param name="rule">From 1.</param>
    public static string Of(string set, int rule) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{set}{Middle}{rule}");

    /// <summary>Null where it is another reason.</summary>
    public static (string Set, string Rule)? Read(string reason) =>
        reason.StartsWith(Prefix, StringComparison.Ordinal)
        && reason.LastIndexOf(Middle, StringComparison.Ordinal) is var at && at >= Prefix.Length
            ? (reason[Prefix.Length..at], reason[(at + Middle.Length)..]) : null;
}
