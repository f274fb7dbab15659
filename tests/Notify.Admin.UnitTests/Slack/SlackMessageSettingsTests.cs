using System.Text.Json;
using Notify.Admin.Channels;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

/// <summary>What an integration's settings make of its messages: their language, and whom they call.</summary>
public sealed class SlackMessageSettingsTests
{
    private const string Channel = "C0123456789";
    private static readonly DateTimeOffset Time = new(2026, 3, 4, 13, 6, 7, TimeSpan.FromHours(8));

    [Fact]
    public void Compose_Chinese_SaysAllOfItInChinese()
    {
        var message = Compose(new(Channel, SlackLanguage.Zh), MessagePurpose.Event, Alert(Severity.High) with
        {
            Fields = new EventFields
            {
                Title = "Webshell found", Asset = "web-01", EventType = "Webshell", GroupId = "10417151", State = EventState.Open,
                Link = "https://console.example/1", Chinese = new EventWords("发现后门文件", "写入了一个文件。"),
            },
        });

        message.Preview.ShouldBe(
            """
            ▲ 高危 · 发现后门文件：web-01

            写入了一个文件。

            状态: 未解决
            严重程度: ▲ 高危
            类型: 安全告警
            资产: web-01
            告警类别: Webshell
            资产分组: 10417151
            时间: 2026-03-04 05:06:07 UTC
            来源: /cloud/eu

            打开 console.example: https://console.example/1

            事件 ID：evt-1

            投递 D-1 · Notify.Admin
            """, StringCompareShould.IgnoreLineEndings);
        Body(message).GetProperty("text").GetString().ShouldBe("▲ 高危 · 发现后门文件：web-01（事件 evt-1，投递 D-1）");
    }

    [Theory]
    [InlineData("scan.started", "schedule", "对 shop.example 的扫描已按计划开始。")]
    [InlineData("scan.completed", null, "对 shop.example 的扫描已完成。平均严重程度：高危。")]
    [InlineData("scan.resumed", null, "对 shop.example 的扫描已恢复。")]
    public void Compose_ChineseScan_IsASentence(string type, string? trigger, string sentence)
    {
        var scan = Alert(Severity.High) with
        {
            Type = type, Fields = new EventFields { Target = "shop.example", Trigger = trigger, AvgThreat = "High" },
        };

        Compose(new(Channel, SlackLanguage.Zh), MessagePurpose.Event, scan).Preview.ShouldContain(sentence);
    }

    [Fact]
    public void Compose_ChineseTestAndDigest_AreMarkedAndCounted()
    {
        var settings = new SlackMessageSettings(Channel, SlackLanguage.Zh);

        Compose(settings, MessagePurpose.Test, Alert(Severity.Low)).Preview.ShouldContain("测试，并非告警（发起人：ann）");
        var digest = Compose(settings, MessagePurpose.Digest, Alert(Severity.Critical), Alert(Severity.Low), Alert(Severity.Low));
        digest.Preview.ShouldContain("3 个事件");
        digest.Preview.ShouldContain("安全告警：3（1 严重，2 低危）");
    }

    [Theory]
    [InlineData(SlackMention.Nobody, null)]
    [InlineData(SlackMention.Here, "<!here>")]
    [InlineData(SlackMention.Channel, "<!channel>")]
    [InlineData(SlackMention.People, "<@U0000001> <!subteam^S0000002>")]
    public void Compose_Mention_IsOneSectionOfItsOwn(SlackMention mention, string? expected)
    {
        var settings = new SlackMessageSettings(Channel, Mention: mention, MentionIds: ["U0000001", "S0000002"]);

        var message = Compose(settings, MessagePurpose.Event, Alert(Severity.Low));

        Mentions(message).ShouldBe(expected is null ? [] : [expected]);
    }

    [Theory]
    [InlineData(Severity.NotStated, Severity.NotStated, true)]
    [InlineData(Severity.High, Severity.NotStated, false)]
    [InlineData(Severity.High, Severity.Medium, false)]
    [InlineData(Severity.High, Severity.High, true)]
    [InlineData(Severity.High, Severity.Critical, true)]
    public void Compose_MentionFrom_CallsFromThatSeverityOn(Severity from, Severity severity, bool calls) =>
        Mentions(Compose(new(Channel, Mention: SlackMention.Here, MentionFrom: from), MessagePurpose.Event, Alert(severity)))
            .ShouldBe(calls ? ["<!here>"] : []);

    [Fact]
    public void Compose_DigestInParts_CallsOnceForItsMostSevere()
    {
        var items = Enumerable.Range(1, 120).Select(i => Alert(i == 120 ? Severity.Critical : Severity.Low)).ToArray();

        var parts = ComposeAll(new(Channel, Mention: SlackMention.Channel, MentionFrom: Severity.Critical), MessagePurpose.Digest, items);

        parts.Count.ShouldBeGreaterThan(1);
        parts.SelectMany(Mentions).ShouldBe(["<!channel>"]);
        Mentions(parts[0]).Count.ShouldBe(1);
        parts.ShouldAllBe(part => Body(part).GetProperty("blocks").GetArrayLength() <= SlackLayout.MaxBlocks);
    }

    [Fact]
    public void Compose_EventThatNamesAMention_CallsNobody()
    {
        var hostile = Alert(Severity.Critical) with { Fields = new EventFields { Title = "<!channel> <@U0000009>", Asset = "<!here>" } };

        var message = Compose(new(Channel, Mention: SlackMention.Here, MentionFrom: Severity.NotStated), MessagePurpose.Event, hostile);

        Mentions(message).ShouldBe(["<!here>"]);
        message.Body.ShouldNotContain("<!channel>");
        message.Body.ShouldNotContain("<@U0000009>");
    }

    [Theory]
    [InlineData("""{"text":"hello","blocks":[{"type":"section","text":{"type":"plain_text","text":"hello"}}]}""")]
    [InlineData("""{"text":"hello"}""")]
    [InlineData("""{"text":"hello","attachments":[{"text":"there"}]}""")]
    public void Compose_PostedMessage_CallsToo(string posted)
    {
        var record = Alert(Severity.NotStated) with { Posted = new PostedMessage(posted, "{}") };

        Compose(new(Channel, SlackLanguage.Zh, SlackMention.People, ["U0000001"]), MessagePurpose.Event, record).Body
            .ShouldSatisfyAllConditions(body => body.ShouldContain("<@U0000001>"), body => body.ShouldContain("投递 D-1"));
    }

    [Fact]
    public void ReadAll_Mentions_AreShownAsAReaderSeesThem()
    {
        var settings = new SlackMessageSettings(Channel, Mention: SlackMention.People, MentionIds: ["U0000001", "S0000002"]);

        SlackPreviewBlock.ReadAll(Compose(settings, MessagePurpose.Event, Alert(Severity.Low)).Body)
            .ShouldContain(block => block.Texts.Contains("@U0000001 @S0000002"));
    }

    [Theory]
    [InlineData("U0123456789", "U0123456789")]
    [InlineData(" <@U0123456789> , <!subteam^S0123456789|@oncall>;W0123456789", "U0123456789, S0123456789, W0123456789")]
    [InlineData("https://acme.slack.com/team/U0123456789\nU0123456789", "U0123456789")]
    [InlineData("", "")]
    public void TryRead_Ids_OfEveryShape(string typed, string expected)
    {
        SlackMentionIds.TryRead(typed, out var ids, out var refused).ShouldBeTrue(refused);
        SlackMentionIds.Write(ids).ShouldBe(expected);
    }

    [Theory]
    [InlineData("U0123456789, @ann", "@ann")]
    [InlineData("C0123456789", "C0123456789")]
    [InlineData("here", "here")]
    public void TryRead_OtherText_NamesIt(string typed, string refused)
    {
        SlackMentionIds.TryRead(typed, out _, out var named).ShouldBeFalse();
        named.ShouldBe(refused);
    }

    [Fact]
    public void TryRead_OneTooMany_NamesIt()
    {
        var typed = string.Join(',', Enumerable.Range(10_000_000, SlackMentionIds.Max + 1).Select(i => $"U{i}"));

        SlackMentionIds.TryRead(typed, out _, out var refused).ShouldBeFalse();
        refused.ShouldBe("U10000020");
    }

    [Theory]
    [InlineData(FollowUp.Update, "ts", "Updates D-0")]
    [InlineData(FollowUp.Reply, "thread_ts", "Follows D-0")]
    public void Compose_OfWhatFollows_NamesTheMessageAndHowTheProblemStands(FollowUp followUp, string argument, string small)
    {
        var message = Follow(new SlackMessageSettings("C1") { FollowUp = followUp }, EventState.Resolved, "C1");

        Body(message).GetProperty(argument).GetString().ShouldBe("1.000100");
        message.FollowUp.ShouldBe(followUp);
        message.Preview.ShouldSatisfyAllConditions(
            p => p.ShouldContain("🟢 Resolved after 42 min"), p => p.ShouldContain("D-1"), p => p.ShouldContain(small),
            p => p.ShouldContain("evt-1"));
    }

    [Fact]
    public void Compose_AfterTheIntegrationGotAnotherChannel_FollowsNothing()
    {
        var message = Follow(new SlackMessageSettings("C1") { FollowUp = FollowUp.Update }, EventState.Resolved, "C2");

        message.FollowUp.ShouldBe(FollowUp.NewMessage);
        Body(message).TryGetProperty("ts", out _).ShouldBeFalse();
        message.Preview.ShouldSatisfyAllConditions(p => p.ShouldContain("🟢 Resolved"), p => p.ShouldNotContain("after"));
    }

    [Fact]
    public void Compose_WhereEveryEventIsAMessage_IsAsBefore()
    {
        var message = Follow(new SlackMessageSettings("C1"), EventState.Open, "C1");

        message.FollowUp.ShouldBe(FollowUp.NewMessage);
        message.Preview.ShouldNotContain("🔴");
    }

    [Theory]
    [InlineData(FollowUp.NewMessage)]
    [InlineData(FollowUp.Update)]
    [InlineData(FollowUp.Reply)]
    public void Compose_OfAnOpenProblem_SaysItsStateOnce(FollowUp followUp) =>
        Follow(new SlackMessageSettings("C1") { FollowUp = followUp }, EventState.Open, "C2").Body.Split("Open").Length.ShouldBe(2);

    [Theory]
    [InlineData(5, "5 s")]
    [InlineData(61, "1 min")]
    [InlineData(3 * 3600 + 120, "3 h 2 min")]
    [InlineData(26 * 3600, "1 d 2 h")]
    public void Standing_SaysHowLongItLasted(int seconds, string expected) =>
        SlackWords.In(SlackLanguage.En).Standing(
            Alert(Severity.High) with { Fields = new EventFields { State = EventState.Resolved } }, Time.AddSeconds(-seconds))
            .ShouldBe($"🟢 Resolved after {expected}");

    private static ComposedMessage Follow(SlackMessageSettings settings, EventState state, string channel)
    {
        var record = Alert(Severity.High);
        record = record with { Fields = record.Fields with { Problem = "p", State = state } };
        var message = new ChannelMessage(MessagePurpose.Event, "D-1", Time, [new MessageItem(1, "D-1", record)])
        {
            Earlier = new EarlierMessage("D-0", "1.000100", channel, Time.AddMinutes(-42)),
        };
        return SlackMessageComposer.Compose(settings, message).ShouldHaveSingleItem();
    }

    private static EventRecord Alert(Severity severity) => new(0, "evt-1", "/cloud/eu", "sas-event-suspicious", Time, severity,
        new EventFields { Title = "Webshell found", Asset = "web-01" });

    private static ComposedMessage Compose(SlackMessageSettings settings, MessagePurpose purpose, params EventRecord[] records) =>
        ComposeAll(settings, purpose, records).ShouldHaveSingleItem();

    private static IReadOnlyList<ComposedMessage> ComposeAll(
        SlackMessageSettings settings, MessagePurpose purpose, params EventRecord[] records) =>
        SlackMessageComposer.Compose(settings, new ChannelMessage(purpose, "G-1", Time,
            [.. records.Select((record, i) => new MessageItem(i + 1, $"D-{i + 1}", record))]) { RequestedBy = "ann" });

    private static JsonElement Body(ComposedMessage message) => JsonDocument.Parse(message.Body).RootElement;

    private static List<string> Mentions(ComposedMessage message) =>
    [
        .. Body(message).GetProperty("blocks").EnumerateArray()
            .Where(block => block.GetProperty("type").GetString() == "section" && block.TryGetProperty("text", out var text)
                && text.GetProperty("type").GetString() == "mrkdwn")
            .Select(block => block.GetProperty("text").GetProperty("text").GetString()!),
    ];
}
