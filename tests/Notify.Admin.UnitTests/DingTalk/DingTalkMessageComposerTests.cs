using System.Text;
using Notify.Admin.Channels;
using Notify.Admin.DingTalk;

namespace Notify.Admin.UnitTests.DingTalk;

public class DingTalkMessageComposerTests
{
    [Fact]
    public void Compose_OneEvent_NamesWhatAnOperatorNeeds()
    {
        var item = MessageBuilder.Item(1, Severity.Critical);
        item = item with { Event = item.Event with { Fields = item.Event.Fields with { Description = "A script\nwas written." } } };

        var composed = Compose(MessageBuilder.Settings(), MessagePurpose.Event, item).ShouldHaveSingleItem();
        var body = RobotMarkdown.Read(composed.Body)!;

        body.Title.ShouldBe("[Critical] Finding 1 · web-1");
        body.Text.ShouldBe("""
            #### Critical · Alerts

            **Finding 1**

            - Asset: web-1
            - Severity: Critical
            - Alert category: Webshell
            - Asset group: 10417151
            - Time: 2025-01-02 03:05:05 UTC
            - Source: scanner/1
            - Event ID: evt-1
            - Details: A script was written.

            Delivery d1
            """);
        body.IsAtAll.ShouldBeFalse();
        body.AtMobiles.ShouldBeEmpty();
        composed.DeliveryIds.ShouldBe([1]);
        composed.Preview.ShouldStartWith("[Critical] Finding 1 · web-1\n\nCritical · Alerts\nFinding 1\nAsset: web-1\n");
    }

    [Fact]
    public void Compose_EventWithStateAndLink_ShowsBoth()
    {
        var item = MessageBuilder.Item(1);
        item = item with
        {
            Event = item.Event with
            {
                Fields = item.Event.Fields with { State = EventState.Resolved, Link = "https://prometheus.example/graph?a=(up)" },
            },
        };

        var body = Read(MessageBuilder.Settings(), MessagePurpose.Event, item).ShouldHaveSingleItem();
        var test = Read(MessageBuilder.Settings(), MessagePurpose.Test, item).ShouldHaveSingleItem();
        var digest = Read(MessageBuilder.Settings(), MessagePurpose.Digest, item, MessageBuilder.Item(2)).ShouldHaveSingleItem();

        body.Title.ShouldBe("[High] ✓ Resolved · Finding 1 · web-1");
        body.Text.ShouldStartWith("#### ✓ Resolved · High · Alerts");
        body.Text.ShouldContain("\n- State: ✓ Resolved\n");
        body.Text.ShouldContain("\n- Link: [prometheus.example/graph?a=（up）](https://prometheus.example/graph?a=%28up%29)");
        test.Text.ShouldNotContain("](http");
        digest.Text.ShouldContain("**✓ Resolved · High** Finding 1");
    }

    [Fact]
    public void Compose_Body_IsDingTalksShape() =>
        Compose(MessageBuilder.Settings(), MessagePurpose.Event, MessageBuilder.Item(1)).ShouldHaveSingleItem().Body
            .ShouldStartWith("""{"msgtype":"markdown","markdown":{"title":"[High] Finding 1 · web-1","text":"#### High · Alerts\n\n""");

    [Fact]
    public void Compose_Chinese_IsInChinese()
    {
        var body = Read(MessageBuilder.Settings(DingTalkLanguage.Zh), MessagePurpose.Event, MessageBuilder.Item(1, Severity.Critical))
            .ShouldHaveSingleItem();

        body.Title.ShouldBe("【严重】Finding 1 · web-1");
        body.Text.ShouldContain("#### 严重 · 安全告警");
        body.Text.ShouldContain("- 告警类别：网站后门");
        body.Text.ShouldContain("- 事件 ID：evt-1");
        body.Text.ShouldEndWith("投递 d1");
    }

    [Fact]
    public void Compose_EventWithoutFields_StillSaysWhatItIs()
    {
        var item = MessageBuilder.Item(1, Severity.Medium, MessageBuilder.Vulnerability);
        item = item with { Event = item.Event with { Fields = new EventFields() } };

        var body = Read(MessageBuilder.Settings(), MessagePurpose.Event, item).ShouldHaveSingleItem();

        body.Title.ShouldBe("[Medium] Vulnerabilities");
        body.Text.ShouldContain("**Vulnerabilities**");
        body.Text.ShouldNotContain("Asset");
    }

    [Theory]
    [InlineData(MessagePurpose.Event)]
    [InlineData(MessagePurpose.Digest)]
    [InlineData(MessagePurpose.Test)]
    [InlineData(MessagePurpose.Drill)]
    public void Compose_KeywordRobot_HasTheKeywordVerbatimInEveryMessage(MessagePurpose purpose)
    {
        var settings = MessageBuilder.Settings() with { Keyword = "[Security *Center*]" };
        var items = purpose == MessagePurpose.Digest ? Enumerable.Range(1, 400).Select(number => MessageBuilder.Item(number)).ToList()
            : [MessageBuilder.Item(1)];

        var bodies = Read(settings, purpose, [.. items]);

        bodies.ShouldAllBe(body => body.Text.Contains("[Security *Center*]", StringComparison.Ordinal));
        bodies.Count.ShouldBe(purpose == MessagePurpose.Digest ? bodies.Count : 1);
    }

    [Fact]
    public void Compose_Mobiles_AreMentionedInTextAndList()
    {
        var settings = MessageBuilder.Settings() with { Mention = MentionMode.Mobiles, Mobiles = ["13800000000", "+86-13900000000"] };

        var body = Read(settings, MessagePurpose.Event, MessageBuilder.Item(1)).ShouldHaveSingleItem();

        body.AtMobiles.ShouldBe(["13800000000", "+86-13900000000"]);
        body.IsAtAll.ShouldBeFalse();
        body.Text.ShouldEndWith("\n\n@13800000000 @+86-13900000000");
    }

    [Fact]
    public void Compose_Everyone_IsMentionedOnceInADigest()
    {
        var settings = MessageBuilder.Settings() with { Mention = MentionMode.Everyone };

        var bodies = Read(settings, MessagePurpose.Digest, [.. Enumerable.Range(1, 400).Select(number => MessageBuilder.Item(number))]);

        bodies.Count.ShouldBeGreaterThan(1);
        bodies[0].IsAtAll.ShouldBeTrue();
        bodies[0].Text.ShouldEndWith("@all");
        bodies.Skip(1).ShouldAllBe(body => !body.IsAtAll && !body.Text.Contains('@'));
    }

    [Theory]
    [InlineData(DingTalkLanguage.En, MessagePurpose.Test, "[Test] ", "#### Test message", "not an alert", "Test m1")]
    [InlineData(DingTalkLanguage.En, MessagePurpose.Drill, "[Scheduled test] ", "#### Scheduled test", "not an alert", "Scheduled test m1")]
    [InlineData(DingTalkLanguage.Zh, MessagePurpose.Test, "【测试】", "#### 测试消息", "并非真实告警", "测试 m1")]
    [InlineData(DingTalkLanguage.Zh, MessagePurpose.Drill, "【演练】", "#### 演练消息", "并非真实告警", "演练 m1")]
    public void Compose_TestOrDrill_IsMarkedAndOtherwiseTheEventsMessage(
        DingTalkLanguage language, MessagePurpose purpose, string title, string heading, string sentence, string id)
    {
        MessageItem[][] contents = [[MessageBuilder.Item(1)], [MessageBuilder.Item(1), MessageBuilder.Item(2)]];
        foreach (var items in contents)
        {
            var body = Read(MessageBuilder.Settings(language), purpose, items).ShouldHaveSingleItem();

            UnmatchableText.Undo(body.Title).ShouldStartWith(title);
            var text = UnmatchableText.Undo(body.Text);
            text.ShouldStartWith(heading);
            text.ShouldContain(sentence);
            text.ShouldContain("Prod alerts");
            text.ShouldContain("ann@example.com");
            text.ShouldContain(id);
            text.ShouldContain("Finding 1");
            text.ShouldContain("evt-1");
        }
    }

    [Theory]
    [InlineData(DingTalkLanguage.En, MessagePurpose.Test)]
    [InlineData(DingTalkLanguage.En, MessagePurpose.Drill)]
    [InlineData(DingTalkLanguage.Zh, MessagePurpose.Test)]
    [InlineData(DingTalkLanguage.Zh, MessagePurpose.Drill)]
    public void Compose_TestOrDrill_HasNoWordThatARobotCouldTakeForItsKeyword(DingTalkLanguage language, MessagePurpose purpose)
    {
        var settings = MessageBuilder.Settings(language) with { Keyword = "安全中心", Mention = MentionMode.Everyone };
        var item = MessageBuilder.Item(1, Severity.Critical);
        item = item with { Event = item.Event with { Fields = item.Event.Fields with { Description = "A webshell 网站后门 was found." } } };

        var test = Read(settings, purpose, item).ShouldHaveSingleItem();

        var real = Read(settings, MessagePurpose.Event, item).ShouldHaveSingleItem();
        var sent = $"{test.Title}\n{test.Text}";
        var words = $"{real.Title}\n{real.Text}\nTest Scheduled test 测试 演练 告警 Notify {settings.Name}"
            .Split([' ', '\n', '：', ':', '*', '#', '[', ']', '-', '·'], StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(word => Enumerable.Range(0, word.Length - 1).Select(at => word.Substring(at, 2)))
            .ToList();
        var beside = sent.Replace("安全中心", "", StringComparison.Ordinal).Replace("@所有人", "", StringComparison.Ordinal)
            .Replace("@all", "", StringComparison.Ordinal);
        words.ShouldContain("告警");
        words.ShouldContain(language == DingTalkLanguage.Zh ? "严重" : "Cr");
        words.Where(word => beside.Contains(word, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        sent.ShouldContain("安全中心");
        sent.ShouldEndWith(language == DingTalkLanguage.Zh ? "@所有人" : "@all");
        UnmatchableText.Undo(sent).ShouldContain("网站后门");
    }

    [Fact]
    public void Compose_TestOfALongEvent_FitsAsTheRealOneDoes()
    {
        var item = MessageBuilder.Item(1);
        item = item with { Event = item.Event with { Fields = item.Event.Fields with { Description = new string('警', 100_000) } } };

        foreach (var purpose in new[] { MessagePurpose.Event, MessagePurpose.Test })
        {
            Encoding.UTF8.GetByteCount(Compose(MessageBuilder.Settings(), purpose, item).ShouldHaveSingleItem().Body)
                .ShouldBeLessThanOrEqualTo(RobotMarkdown.MaxBytes);
        }
    }

    [Fact]
    public void Compose_NoItems_IsNothing()
    {
        Compose(MessageBuilder.Settings(), MessagePurpose.Test).ShouldBeEmpty();
        Compose(MessageBuilder.Settings(), MessagePurpose.Event).ShouldBeEmpty();
        Compose(MessageBuilder.Settings(), MessagePurpose.Digest).ShouldBeEmpty();
    }

    [Fact]
    public void Compose_Digest_CountsFirstThenMostSevereAndOldestFirst()
    {
        var body = Read(
            MessageBuilder.Settings(),
            MessagePurpose.Digest,
            MessageBuilder.Item(3, Severity.High),
            MessageBuilder.Item(1, Severity.High, MessageBuilder.Vulnerability),
            MessageBuilder.Item(4, Severity.Critical),
            MessageBuilder.Item(2, Severity.Low)).ShouldHaveSingleItem();

        body.Title.ShouldBe("[Critical] 4 events");
        body.Text.ShouldBe("""
            Critical 1 · High 2 · Low 1

            - Alerts: 3 (Critical 1 · High 1 · Low 1)
            - Vulnerabilities: 1 (High 1)

            #### Critical · 4 events

            - **Critical** Finding 4 · web-4 · Alerts · 01-02 03:08 UTC · ID evt-4 · d4
            - **High** Finding 1 · web-1 · Vulnerabilities · 01-02 03:05 UTC · ID evt-1 · d1
            - **High** Finding 3 · web-3 · Alerts · 01-02 03:07 UTC · ID evt-3 · d3
            - **Low** Finding 2 · web-2 · Alerts · 01-02 03:06 UTC · ID evt-2 · d2

            Digest m1
            """);
    }

    [Fact]
    public void Compose_DigestThatDoesNotFit_IsContinuedAndNumbered()
    {
        var items = Enumerable.Range(1, 500).Select(number => MessageBuilder.Item(number, (Severity)(1 + (number % 5)))).ToArray();

        var composed = Compose(MessageBuilder.Settings(), MessagePurpose.Digest, items);
        var bodies = MessageBuilder.Read(composed);

        bodies.Select(body => body.Title[body.Title.IndexOf(' ', StringComparison.Ordinal)..]).ShouldBe(
            Enumerable.Range(1, bodies.Count).Select(part => $" 500 events · {part} of {bodies.Count}"));
        composed.SelectMany(message => message.DeliveryIds)
            .ShouldBe(items.OrderByDescending(item => item.Event.Severity).ThenBy(item => item.Event.Time).Select(item => item.DeliveryId));
        // Filled, so that a robot's few messages a minute carry much.
        composed.SkipLast(1).ShouldAllBe(message => System.Text.Encoding.UTF8.GetByteCount(message.Body) > 19_000);
    }

    [Fact]
    public void Compose_ManyTypes_CountsTheRestTogether()
    {
        var items = Enumerable.Range(1, 20).Select(number => MessageBuilder.Item(number, Severity.Low, $"vendor.type{number}")).ToArray();

        Read(MessageBuilder.Settings(), MessagePurpose.Digest, items)
            .ShouldHaveSingleItem().Text.ShouldContain("- and 12 more types: 12 events");
    }

    [Fact]
    public void Compose_LongDetails_AreShortenedAndSaySo()
    {
        var item = MessageBuilder.Item(1);
        item = item with { Event = item.Event with { Fields = item.Event.Fields with { Description = new string('x', 60_000) } } };

        var body = Read(MessageBuilder.Settings(), MessagePurpose.Event, item).ShouldHaveSingleItem();

        body.Text.ShouldContain("x… (and 58500 more characters)");
    }

    [Fact]
    public void Compose_LinkThatGrowsByItsEncoding_KeepsToDingTalksLimit()
    {
        var item = MessageBuilder.Item(1);
        item = item with
        {
            Event = item.Event with { Fields = item.Event.Fields with { Link = "https://example.com/" + new string('漏', 2000) } },
        };

        var composed = Compose(MessageBuilder.Settings(), MessagePurpose.Event, item).ShouldHaveSingleItem();

        Encoding.UTF8.GetByteCount(composed.Body).ShouldBeLessThanOrEqualTo(RobotMarkdown.MaxBytes);
        composed.Body.ShouldContain("evt-1");
        composed.Body.ShouldNotContain("](https://example.com");
    }

    [Fact]
    public void Compose_LinkThatHasNoRoom_IsLeftOut()
    {
        var item = MessageBuilder.Item(1);
        item = item with
        {
            Event = item.Event with { Fields = item.Event.Fields with { Link = "https://example.com/" + new string('a', 2000) } },
        };
        var settings = MessageBuilder.Settings() with
        {
            Mention = MentionMode.Mobiles, Mobiles = [.. Enumerable.Range(0, 700).Select(number => $"13800000{number:D3}")],
        };

        var composed = Compose(settings, MessagePurpose.Event, item).ShouldHaveSingleItem();

        Encoding.UTF8.GetByteCount(composed.Body).ShouldBeLessThanOrEqualTo(RobotMarkdown.MaxBytes);
        composed.Body.ShouldNotContain("](https://example.com");
    }

    [Theory]
    [InlineData("""{"msgtype":"actionCard","actionCard":{"title":"t","text":"Done","btns":[{"title":"o","actionURL":"https://x.test/…"}]}}""")]
    [InlineData("""{"msgtype":"feedCard","feedCard":{"links":[{"title":"t","messageURL":"https://x.test/…","picURL":"https://x"}]}}""")]
    public void Compose_PostedCardThatIsFullWithoutItsText_SendsWhatItSays(string posted)
    {
        posted = posted.Replace("…", new string('a', 20_000 - posted.Length), StringComparison.Ordinal);
        var item = MessageBuilder.Item(1);
        item = item with
        {
            Event = item.Event with
            {
                Fields = item.Event.Fields with
                {
                    Title = "Deployed", Description = "Deployed\n[to](https://evil.test) " + new string('漏', 9000),
                },
                Posted = new PostedMessage("{}", posted),
            },
        };

        var composed = Compose(MessageBuilder.Settings() with { Keyword = "ops" }, MessagePurpose.Event, item).ShouldHaveSingleItem();

        Encoding.UTF8.GetByteCount(composed.Body).ShouldBeLessThanOrEqualTo(RobotMarkdown.MaxBytes);
        var body = RobotMarkdown.Read(composed.Body).ShouldNotBeNull();
        body.Text.ShouldStartWith("Deployed\n\n［to］");
        body.Text.ShouldContain("漏…\n\nID evt-1 · ");
        body.Text.ShouldContain("ops");
        composed.DeliveryIds.ShouldBe([1]);
    }

    private static IReadOnlyList<ComposedMessage> Compose(RobotMessageSettings settings, MessagePurpose purpose,
        params IReadOnlyList<MessageItem> items) =>
        DingTalkMessageComposer.Compose(settings, MessageBuilder.Message(purpose, items));

    private static IReadOnlyList<RobotMarkdown> Read(RobotMessageSettings settings, MessagePurpose purpose,
        params IReadOnlyList<MessageItem> items) =>
        MessageBuilder.Read(Compose(settings, purpose, items));
}
