using Notify.Admin.ChannelPages;
using Notify.Admin.DingTalk;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.ChannelPages;

/// <summary>The tabs of a channel's page hold each field of its form once: a field without one would be saved unseen.</summary>
public sealed class ChannelPartsTests
{
    [Fact]
    public void Slack_EveryFieldIsInOnePart() => FieldsOf(SlackFields.Parts).ShouldBe(
        SlackFields.Table.Fields.Select(field => field.Name).Concat(SlackFields.Table.Secrets.Select(secret => secret.Name)).Order());

    [Fact]
    public void Chatbot_EveryFieldIsInOnePart() => FieldsOf(ChatbotFields.Parts).ShouldBe(
        ChatbotFields.Table.Fields.Select(field => field.Name).Concat(ChatbotFields.Table.Secrets.Select(secret => secret.Name)).Order());

    [Fact]
    public void Chatbot_RulesComeFirst() => ChatbotFields.Parts[0].Key.ShouldBe(ChannelTab.Rules);

    private static IEnumerable<string> FieldsOf(IEnumerable<ChannelTab> parts) => parts.SelectMany(part => part.Fields).Order();
}
