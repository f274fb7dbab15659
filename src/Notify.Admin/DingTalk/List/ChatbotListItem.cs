using System.Globalization;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Rules;

namespace Notify.Admin.DingTalk;

/// <summary>One line of the list.</summary>
/// <param name="Hears">What its rules say, briefly; empty where it has none.</param>
/// <param name="GroupNames">Empty is every asset group.</param>
public sealed record ChatbotListItem(
    ChatbotView Chatbot, string Hears, IReadOnlyList<string> GroupNames, ChannelHealth? Health, IReadOnlyList<HourOfSending> History)
    : IChannelListItem
{
    public int Id => Chatbot.Id;

    public string Name => Chatbot.Values.Name;

    public bool IsOn => Chatbot.Values.IsOn;

    public DeliveryPolicy Delivery => Chatbot.Values.Delivery;

    public IReadOnlyList<string> Tags => Chatbot.Values.Tags;

    public object Settings => (Id, Chatbot.Version, Hears, string.Join('\n', GroupNames));

    internal static ChatbotListItem Of(
        ChatbotView chatbot, IReadOnlyDictionary<string, string> groupNames, ChannelHealth? health,
        IReadOnlyList<HourOfSending> history) => new(
        chatbot,
        Says(chatbot.Values, Bilingual.LanguageOf(CultureInfo.CurrentUICulture)),
        [.. chatbot.Values.GroupIds.Select(id => groupNames.GetValueOrDefault(id, id))],
        health,
        history);

    private static string Says(ChatbotFormModel values, RuleLanguage language) => string.Join(" · ",
        new[]
        {
            RuleSentence.Brief(values.Rules, language),
            OwnRuleText.Brief(OwnRuleJson.Read(values.OwnRules).Rules, values.RuleSets.Count, language),
        }.Where(part => part is { Length: > 0 }));
}
