using System.Globalization;
using Notify.Admin.Rules;

namespace Notify.Admin.Channels;

/// <summary>What the channels of one kind hear in all: by the dialect of their vendor, or by own rules. The one place where the two meet: a
/// channel hears an event once, and its vendor's reason comes first.</summary>
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

    private HearingSnapshot(ChannelKind kind, IMatcherSnapshot vendor, IReadOnlyList<OwnRuleListener> own)
    {
        (_kind, _vendor) = (kind, vendor);
        _own = own.ToDictionary(listener => listener.ChannelId);
        var subscriptions = own.Select(listener => new OwnSubscription(listener.ChannelId, listener.Rules, listener.IsOn));
        _index = OwnRuleIndex.Build(subscriptions);
        _extents = new(() => OwnRuleExtents.Build(subscriptions));
    }

    /// <param name="own">The channels of that kind that have own rules.</param>
    public static IMatcherSnapshot Of(ChannelKind kind, IMatcherSnapshot vendor, IReadOnlyList<OwnRuleListener> own) =>
        own.Count == 0 ? vendor : new HearingSnapshot(kind, vendor, own);

    public IEnumerable<ChannelMatch> Match(EventRecord record)
    {
        if (_index.IsEmpty)
        {
            return _vendor.Match(record);
        }

        var own = _index.Match(OwnRuleEvent.FactsOf(record));
        return own.Count == 0 ? _vendor.Match(record) : Join([.. _vendor.Match(record)], own);
    }

    public IEnumerable<ChannelDistance> Measure(EventRecord record)
    {
        var facts = OwnRuleEvent.FactsOf(record);
        return _vendor.Measure(record).Select(channel => _own.TryGetValue(channel.Channel.Id, out var own)
            && AwayOf(own, facts) is { } away && away < channel.Away ? channel with { Away = away } : channel);
    }

    public ChannelExplanation? Explain(EventRecord record, int channelId)
    {
        if (_vendor.Explain(record, channelId) is not { } vendor || vendor.Hears || !_own.TryGetValue(channelId, out var own))
        {
            return _vendor.Explain(record, channelId);
        }

        var facts = OwnRuleEvent.FactsOf(record);
        var hears = own.IsOn && own.Rules.FirstMatch(facts) >= 0;
        var conditions = OwnRuleText.Explain(own.Rules, facts, Bilingual.LanguageOf(CultureInfo.CurrentUICulture))
            .Select(condition => new ExplainedCondition(condition.Text, condition.Passed));
        return vendor with { Hears = hears, Conditions = hears ? [.. conditions] : [.. vendor.Conditions, .. conditions] };
    }

    public IEnumerable<ChannelCover> Cover(EventClass events)
    {
        var own = _extents.Value.Find(events.Type, (int)events.Severity, events.GroupId);
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

    private static int? AwayOf(OwnRuleListener own, OwnFacts facts) =>
        own.Rules.Nearest(facts) is var (_, failed) ? failed + (own.IsOn ? 0 : 1) : null;

    private List<ChannelMatch> Join(List<ChannelMatch> vendor, IReadOnlyDictionary<int, int> own)
    {
        var heard = vendor.Select(match => match.Channel.Id).ToHashSet();
        vendor.AddRange(own.Where(match => !heard.Contains(match.Key))
            .Select(match => new ChannelMatch(new ChannelKey(_kind, match.Key), Reasons[match.Value])));
        return vendor;
    }
}
