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

    private readonly RuleIndex _index = RuleIndex.Build([.. chatbots.Select(chatbot => chatbot.Subscription)]);

    public IEnumerable<ChannelMatch> Match(EventRecord record)
    {
        List<ChannelMatch>? matches = null;
        foreach (var match in _index.Match(FactsOf(record)))
        {
            (matches ??= []).Add(new ChannelMatch(new ChannelKey(ChannelKind.DingTalk, match.ChatbotId), Reasons[match.RuleIndex]));
        }

        return matches ?? [];
    }

    public IEnumerable<ChannelExplanation> Explain(EventRecord record)
    {
        var facts = FactsOf(record);
        var language = Bilingual.LanguageOf(CultureInfo.CurrentUICulture);
        return chatbots.Select(chatbot =>
        {
            var subscription = chatbot.Subscription;
            var explanation = RuleEvaluator.Explain(subscription.Rules, subscription.GroupIds, subscription.IsOn, facts);
            return new ChannelExplanation(
                new ChannelKey(ChannelKind.DingTalk, subscription.ChatbotId),
                chatbot.Name,
                explanation.Hears,
                [.. ExplanationText.Describe(explanation, id => groupNames.GetValueOrDefault(id, id), language)
                    .Select(condition => new ExplainedCondition(condition.Text, condition.Passed))]);
        });
    }

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
