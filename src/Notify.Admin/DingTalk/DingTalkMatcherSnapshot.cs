using System.Globalization;
using Notify.Admin.Channels;
using Notify.Admin.Rules;

namespace Notify.Admin.DingTalk;

/// <summary>All chatbots' rules at one version, compiled.</summary>
internal sealed class DingTalkMatcherSnapshot(IReadOnlyList<NamedSubscription> chatbots, IReadOnlyDictionary<string, string> groupNames)
    : IMatcherSnapshot
{
    /// <summary>Before the rule's number, from 1, in a <see cref="ChannelMatch.Reason"/>.</summary>
    public const string ReasonPrefix = "rule ";

    // One rule an alert type at most.
    private static readonly string[] Reasons = [.. Enumerable.Range(1, Vocabulary.AlertTypes.Length)
        .Select(number => ReasonPrefix + number)];

    private readonly Dictionary<int, NamedSubscription> _byId = chatbots.ToDictionary(chatbot => chatbot.Subscription.ChatbotId);
    private readonly RuleIndex _index = RuleIndex.Build([.. chatbots.Select(chatbot => chatbot.Subscription)]);
    private readonly Lazy<RuleExtents> _extents = new(() => RuleExtents.Build(chatbots.Select(chatbot => chatbot.Subscription)));

    public IEnumerable<ChannelMatch> Match(EventRecord record)
    {
        List<ChannelMatch>? matches = null;
        foreach (var match in _index.Match(FactsOf(record)))
        {
            (matches ??= []).Add(new ChannelMatch(new ChannelKey(ChannelKind.DingTalk, match.ChatbotId), Reasons[match.RuleIndex]));
        }

        return matches ?? [];
    }

    public IEnumerable<ChannelDistance> Measure(EventRecord record)
    {
        var facts = FactsOf(record);
        return chatbots.Select(chatbot =>
        {
            var subscription = chatbot.Subscription;
            return new ChannelDistance(
                new ChannelKey(ChannelKind.DingTalk, subscription.ChatbotId), chatbot.Name,
                RuleEvaluator.CountFailed(subscription.Rules, subscription.GroupIds, subscription.IsOn, facts)
                    ?? ChannelDistance.OfOtherKind);
        });
    }

    public ChannelExplanation? Explain(EventRecord record, int channelId)
    {
        if (!_byId.TryGetValue(channelId, out var chatbot))
        {
            return null;
        }

        var subscription = chatbot.Subscription;
        var language = Bilingual.LanguageOf(CultureInfo.CurrentUICulture);
        var explanation = RuleEvaluator.Explain(subscription.Rules, subscription.GroupIds, subscription.IsOn, FactsOf(record));
        return new ChannelExplanation(
            new ChannelKey(ChannelKind.DingTalk, channelId),
            chatbot.Name,
            explanation.Hears,
            [.. ExplanationText.Describe(explanation, id => groupNames.GetValueOrDefault(id, id), language)
                .Select(condition => new ExplainedCondition(condition.Text, condition.Passed))]);
    }

    public IEnumerable<ChannelCover> Cover(EventClass events) =>
        Vocabulary.FindByType(events.Type) is not { } alertType ? []
            : _extents.Value.Find(new AlertClass(alertType, (int)events.Severity, events.SubType), events.GroupId)
                .Select(found => new ChannelCover(new ChannelKey(ChannelKind.DingTalk, found.ChatbotId), found.Extent == Extent.Whole));

    /// <summary>An event as the rules read it.</summary>
    public static AlertFacts FactsOf(EventRecord record) => new(record.Type)
    {
        ItemLevel = record.Fields.ItemLevel,
        EventType = record.Fields.EventType,
        Type = record.Fields.Type,
        Necessity = record.Fields.Necessity,
        GroupId = record.Fields.GroupId is { } id && AssetGroupId.TryParse(id, out var read) ? read : null,
    };
}
