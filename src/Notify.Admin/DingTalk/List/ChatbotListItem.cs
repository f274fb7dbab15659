using System.Globalization;
using Notify.Admin.Channels;
using Notify.Admin.Rules;

namespace Notify.Admin.DingTalk;

/// <summary>One line of the list.</summary>
/// <param name="Hears">What its rules say, briefly; empty where it has none.</param>
/// <param name="GroupNames">Empty is every asset group.</param>
/// <param name="Health">Null before anything was sent.</param>
/// <param name="History">The last 24 hours, oldest first.</param>
public sealed record ChatbotListItem(
    ChatbotView Chatbot, string Hears, IReadOnlyList<string> GroupNames, ChannelHealth? Health, IReadOnlyList<HourOfSending> History)
{
    internal static ChatbotListItem Of(
        ChatbotView chatbot, IReadOnlyDictionary<string, string> groupNames, ChannelHealth? health,
        IReadOnlyList<HourOfSending> history) => new(
        chatbot,
        RuleSentence.Brief(chatbot.Values.Rules, Bilingual.LanguageOf(CultureInfo.CurrentUICulture)),
        [.. chatbot.Values.GroupIds.Select(id => groupNames.GetValueOrDefault(id, id))],
        health,
        history);

    /// <summary>Whether name, destination or what it hears contain every word of <paramref name="search"/>.</summary>
    public bool Matches(string? search) =>
        (search ?? string.Empty).Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).All(word =>
        new[] { Chatbot.Values.Name, Chatbot.Host, $"…{Chatbot.TokenLastFour}", Hears }.Concat(GroupNames)
            .Any(text => text.Contains(word, StringComparison.CurrentCultureIgnoreCase)));
}
