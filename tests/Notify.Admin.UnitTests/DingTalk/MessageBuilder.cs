using Notify.Admin.Channels;
using Notify.Admin.DingTalk;

namespace Notify.Admin.UnitTests.DingTalk;

/// <summary>Events and settings for the composer's tests.</summary>
internal static class MessageBuilder
{
    public const string Suspicious = "sas_analysis_online-sas-operation-log-sas-event-suspicious";
    public const string Vulnerability = "sas_analysis_online-sas-operation-log-sas-event-vul";

    public static readonly DateTimeOffset At = new(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static RobotMessageSettings Settings(DingTalkLanguage language = DingTalkLanguage.En) =>
        new("Prod alerts", language, null, MentionMode.Nobody, []);

    public static MessageItem Item(int number, Severity severity = Severity.High, string type = Suspicious) => new(
        number,
        $"d{number}",
        new EventRecord(number, $"evt-{number}", "scanner/1", type, At.AddMinutes(number), severity, new EventFields
        {
            Title = $"Finding {number}",
            Asset = $"web-{number}",
            ItemLevel = type == Suspicious ? "serious" : null,
            EventType = type == Suspicious ? "Webshell" : null,
            GroupId = "10417151",
        }));

    public static ChannelMessage Message(MessagePurpose purpose, params IReadOnlyList<MessageItem> items) =>
        new(purpose, "m1", At, items) { RequestedBy = purpose is MessagePurpose.Test or MessagePurpose.Drill ? "ann@example.com" : null };

    public static IReadOnlyList<RobotMarkdown> Read(IEnumerable<ComposedMessage> messages) =>
        [.. messages.Select(message => RobotMarkdown.Read(message.Body).ShouldNotBeNull())];
}
