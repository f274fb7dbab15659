using System.Globalization;
using Notify.Admin.Rules;

namespace Notify.Admin.Channels;

/// <summary>What the channels of one kind hear in all: by the dialect of their vendor, by own rules, or by rule sets. The one place where
/// the three meet: a channel hears an event once; its vendor's reason comes first, then that of its own rules.</summary>
public sealed class HearingSnapshot : IMatcherSnapshot
{
    /// <summary>Before the rule's number, from 1, in a <see cref="ChannelMatch.Reason"/>.</summary>
    public const string ReasonPrefix = "own rule ";

    private static readonly string[] Reasons = [.. Enumerable.Range(1, OwnRuleList.MostRules).Select(number => ReasonPrefix + number)];

    private readonly ChannelKind _kind;
    private readonly IMatcherSnapshot _vendor;
    private readonly Dictionary<int, OwnRuleListener> _own;
    private readonly OwnRuleIndex _index;
    private readonly Lazy<OwnRuleExtents> _extents;
    private readonly RuleSetIndex _sets;

    private HearingSnapshot(
        ChannelKind kind, IMatcherSnapshot vendor, IReadOnlyList<OwnRuleListener> own, IEnumerable<SharedRules> sets)
    {
        (_kind, _vendor) = (kind, vendor);
        _own = own.ToDictionary(listener => listener.ChannelId);
        var subscriptions = own.Select(listener => new OwnSubscription(listener.ChannelId, listener.Rules, listener.IsOn));
        _index = OwnRuleIndex.Build(subscriptions);
        _extents = new(() => OwnRuleExtents.Build(subscriptions));
        _sets = new RuleSetIndex(own, sets);
        NewDays = NewDaysOf(_own, _sets);
    }

    private HearingSnapshot(HearingSnapshot other, RuleSetIndex sets)
    {
        (_kind, _vendor, _own, _index, _extents, _sets) = (other._kind, other._vendor, other._own, other._index, other._extents, sets);
        NewDays = NewDaysOf(_own, _sets);
    }

    public int NewDays { get; }

    /// <param name="own">The channels of that kind that have own rules or rule sets.</param>
    /// <param name="sets">Those that they may use.</param>
    public static IMatcherSnapshot Of(
        ChannelKind kind, IMatcherSnapshot vendor, IReadOnlyList<OwnRuleListener> own, IEnumerable<SharedRules> sets) =>
        own.Count == 0 ? vendor : new HearingSnapshot(kind, vendor, own, sets);

    /// <summary>What the channels would hear if one of the rule sets had these rules.</summary>
    public static IMatcherSnapshot With(IMatcherSnapshot snapshot, SharedRules changed) =>
        snapshot is HearingSnapshot hearing ? new HearingSnapshot(hearing, hearing._sets.With(changed)) : snapshot;

    /// <summary>A rule set as the channels use it; null where none of them does.</summary>
    public static SharedRules? FindRuleSet(IMatcherSnapshot snapshot, int id) => (snapshot as HearingSnapshot)?._sets.Find(id);

    public IEnumerable<ChannelMatch> Match(EventRecord record)
    {
        if (_index.IsEmpty && _sets.IsEmpty)
        {
            return _vendor.Match(record);
        }

        var facts = OwnRuleEvent.FactsOf(record);
        var own = _index.Match(facts);
        var sets = _sets.IsEmpty ? [] : _sets.Match(facts);
        return own.Count + sets.Count == 0 ? _vendor.Match(record) : Join([.. _vendor.Match(record)], own, sets);
    }

    public IEnumerable<ChannelDistance> Measure(EventRecord record)
    {
        var facts = OwnRuleEvent.FactsOf(record);
        var sets = _sets.Measure(facts);
        return _vendor.Measure(record).Select(channel => _own.TryGetValue(channel.Channel.Id, out var own)
            && AwayOf(own, facts, sets) is { } away && away < channel.Away ? channel with { Away = away } : channel);
    }

    public ChannelExplanation? Explain(EventRecord record, int channelId)
    {
        if (_vendor.Explain(record, channelId) is not { } vendor || vendor.Hears || !_own.TryGetValue(channelId, out var own))
        {
            return _vendor.Explain(record, channelId);
        }

        var facts = OwnRuleEvent.FactsOf(record);
        var language = Bilingual.LanguageOf(CultureInfo.CurrentUICulture);
        List<ExplainedCondition> failed = [.. vendor.Conditions];
        foreach (var (name, rules) in ListsOf(own))
        {
            var conditions = OwnRuleText.Explain(rules, facts, language, name)
                .Select(condition => new ExplainedCondition(condition.Text, condition.Passed));
            if (own.IsOn && rules.FirstMatch(facts) >= 0)
            {
                return vendor with { Hears = true, Conditions = [.. conditions] };
            }

            failed.AddRange(conditions);
        }

        return vendor with { Conditions = failed };
    }

    public IEnumerable<ChannelCover> Cover(EventClass events)
    {
        var own = _extents.Value.Find(events.Type, (int)events.Severity, events.GroupId);
        foreach (var (id, extent) in _sets.Cover(events))
        {
            own[id] = own.TryGetValue(id, out var before) && before > extent ? before : extent;
        }

        foreach (var cover in _vendor.Cover(events))
        {
            yield return own.Remove(cover.Channel.Id, out var extent)
                ? cover with { IsWhole = cover.IsWhole || extent == Extent.Whole } : cover;
        }

        foreach (var (id, extent) in own)
        {
            yield return new ChannelCover(new ChannelKey(_kind, id), extent == Extent.Whole);
        }
    }

    private static int NewDaysOf(Dictionary<int, OwnRuleListener> own, RuleSetIndex sets) =>
        own.Values.Select(listener => listener.Rules.NewDays).Append(sets.NewDays).Max();

    private static int? AwayOf(OwnRuleListener own, OwnFacts facts, Dictionary<int, int> sets)
    {
        var away = own.Rules.Nearest(facts) is var (_, failed) ? failed : (int?)null;
        foreach (var set in own.RuleSets)
        {
            away = sets.TryGetValue(set, out var other) && !(away <= other) ? other : away;
        }

        return away + (own.IsOn ? 0 : 1);
    }

    // In the order in which they give the reason; a list without a name is the channel's own.
    private IEnumerable<(string? Name, OwnRuleList Rules)> ListsOf(OwnRuleListener own)
    {
        if (!own.Rules.Rules.IsEmpty)
        {
            yield return (null, own.Rules);
        }

        foreach (var set in own.RuleSets.Select(_sets.Find).OfType<SharedRules>())
        {
            yield return (set.Name, set.Rules);
        }
    }

    private List<ChannelMatch> Join(
        List<ChannelMatch> vendor, IReadOnlyDictionary<int, int> own, Dictionary<int, SharedMatch> sets)
    {
        var heard = vendor.Select(match => match.Channel.Id).ToHashSet();
        vendor.AddRange(own.Where(match => heard.Add(match.Key))
            .Select(match => new ChannelMatch(new ChannelKey(_kind, match.Key), Reasons[match.Value])
            {
                IfNew = NewDays > 0 && _own[match.Key].Rules.Rules[match.Value].NewDays > 0,
            }));
        vendor.AddRange(sets.Where(match => heard.Add(match.Key))
            .Select(match => new ChannelMatch(new ChannelKey(_kind, match.Key), match.Value.Reason) { IfNew = match.Value.IfNew }));
        return vendor;
    }
}
