using System.Text.Json;
using Notify.Admin.Channels;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

public class SlackMessageComposerTests
{
    private const string Channel = "C0123456789";
    private static readonly DateTimeOffset Time = new(2026, 3, 4, 13, 6, 7, TimeSpan.FromHours(8));

    private static EventRecord Alert(string id = "evt-1", Severity severity = Severity.High, int minute = 0,
        string type = "sas-event-suspicious") => new(
        0,
        id,
        "/cloud/eu",
        type,
        Time.AddMinutes(minute),
        severity,
        new EventFields { Title = "Webshell found", Asset = "web-01", EventType = "Webshell", GroupId = "10417151",
        Description = "A file was written." });

    private static MessageItem Item(long delivery, EventRecord record) => new(delivery, $"D-{delivery}", record);

    private static IReadOnlyList<ComposedMessage> Compose(MessagePurpose purpose, params IReadOnlyList<MessageItem> items) =>
        SlackMessageComposer.Compose(new SlackMessageSettings(Channel), new ChannelMessage(purpose, "G-1234567", Time, items));

    [Fact]
    public void Compose_Alert_ReadsAsAPersonWouldWant()
    {
        var message = Compose(MessagePurpose.Event, Item(7, Alert())).ShouldHaveSingleItem();

        message.DeliveryIds.ShouldBe([7L]);
        message.Preview.ShouldBe(
            """
            ▲ High · Webshell found: web-01

            A file was written.

            Severity: ▲ High
            Kind: Security alert
            Asset: web-01
            Alert category: Webshell
            Asset group: 10417151
            Time: 2026-03-04 05:06:07 UTC
            Source: /cloud/eu

            Event ID: evt-1

            Delivery D-7 · Notify.Admin
            """, StringCompareShould.IgnoreLineEndings);
    }

    [Fact]
    public void Compose_EventWithStateAndLink_ShowsBoth()
    {
        const string Link = "https://prometheus.example/graph?a=1&b=2";
        var record = Alert() with { Fields = Alert().Fields with { State = EventState.Resolved, Link = Link } };

        var message = Compose(MessagePurpose.Event, Item(7, record))[0];

        message.Preview.ShouldStartWith("✓ Resolved · ▲ High · Webshell found: web-01");
        message.Preview.ShouldContain("State: ✓ Resolved");
        message.Preview.ShouldContain($"Open prometheus.example: {Link}");
        var button = Body(message).GetProperty("blocks").EnumerateArray()
            .Single(block => block.GetProperty("type").GetString() == "actions").GetProperty("elements")[0];
        button.GetProperty("url").GetString().ShouldBe(Link);
        Compose(MessagePurpose.Digest, Item(7, record), Item(8, Alert("evt-2")))[0].Preview
            .ShouldContain("✓ Resolved · ▲ High · Webshell found: web-01");
    }

    [Fact]
    public void Compose_LinkThatIsNotEncoded_IsSentEncoded()
    {
        var record = Alert() with { Fields = Alert().Fields with { Link = "https://example.com/a b?q=漏洞" } };

        var button = Body(Compose(MessagePurpose.Event, Item(7, record))[0]).GetProperty("blocks").EnumerateArray()
            .Single(block => block.GetProperty("type").GetString() == "actions").GetProperty("elements")[0];

        button.GetProperty("url").GetString().ShouldBe("https://example.com/a%20b?q=%E6%BC%8F%E6%B4%9E");
    }

    [Fact]
    public void Compose_LinkThatEncodedIsLongerThanSlackTakes_IsLeftOut()
    {
        var record = Alert() with { Fields = Alert().Fields with { Link = "https://example.com/" + new string('漏', 400) } };

        Compose(MessagePurpose.Event, Item(7, record))[0].Body.ShouldNotContain("\"url\"");
    }

    [Fact]
    public void Compose_EventThatLasts_SaysSo() => Compose(MessagePurpose.Event,
        Item(7, Alert() with { Fields = new EventFields { Title = "t", State = EventState.Open } }))[0].Preview
        .ShouldContain("State: Open");

    [Fact]
    public void Compose_Alert_IsABodyForPostMessage()
    {
        var body = Body(Compose(MessagePurpose.Event, Item(7, Alert()))[0]);

        body.GetProperty("channel").GetString().ShouldBe(Channel);
        body.GetProperty("text").GetString().ShouldBe("▲ High · Webshell found: web-01 (event evt-1, delivery D-7)");
        body.GetProperty("unfurl_links").GetBoolean().ShouldBeFalse();
        body.GetProperty("unfurl_media").GetBoolean().ShouldBeFalse();
        body.GetProperty("mrkdwn").GetBoolean().ShouldBeFalse();
        body.TryGetProperty("token", out _).ShouldBeFalse();
        Types(body).ShouldBe(["header", "section", "section", "section", "section", "context"]);
    }

    [Theory]
    [InlineData("scan.started", "schedule", null, "Scan started", "The scheduled scan of https://app.example.com has started.")]
    [InlineData("scan.started", "queue", null, "Scan started", "The queued scan of https://app.example.com has started.")]
    [InlineData("scan.started", null, null, "Scan started", "The scan of https://app.example.com has started.")]
    [InlineData("scan.completed", null, "Low", "Scan completed", "The scan of https://app.example.com is complete. Average severity: Low.")]
    [InlineData("scan.completed", null, null, "Scan completed", "The scan of https://app.example.com is complete.")]
    [InlineData("scan.aborted", null, "High", "Scan aborted",
        "The scan of https://app.example.com was aborted before it was complete. Average severity: High.")]
    [InlineData("scan.stopped", null, "High", "Scan stopped", "The scan of https://app.example.com was stopped.")]
    [InlineData("scan.deleted", null, null, "Scan deleted", "The scan of https://app.example.com was deleted.")]
    [InlineData("scan.paused", null, null, "Scan paused", "The scan of https://app.example.com was paused.")]
    [InlineData("scan.resumed", null, null, "Scan resumed", "The scan of https://app.example.com was resumed.")]
    public void Compose_ScanEvent_IsASentence(string type, string? trigger, string? threat, string headline, string sentence)
    {
        var record = new EventRecord(0, "s-1", "/scanner", type, Time, Severity.Low, new EventFields
        {
            Target = "https://app.example.com",
            ScanId = "4711",
            Trigger = trigger,
            AvgThreat = threat,
        });

        var preview = Compose(MessagePurpose.Event, Item(1, record))[0].Preview;

        preview.ShouldStartWith($"● Low · {headline}: https://app.example.com\n\n{sentence}\n");
        preview.ShouldContain("Scan: 4711");
    }

    [Theory]
    [InlineData("4711", "The scan 4711 was stopped.")]
    [InlineData(null, "The scan was stopped.")]
    public void Compose_ScanWithoutTarget_StillReads(string? scanId, string sentence)
    {
        var record = new EventRecord(0, "s-1", "/scanner", "scan.stopped", Time, Severity.Informative, new EventFields { ScanId = scanId });

        Compose(MessagePurpose.Event, Item(1, record))[0].Preview.ShouldContain(sentence);
    }

    [Theory]
    [InlineData("sas-event-vul", "Vulnerability")]
    [InlineData("sas_analysis_online-sas-operation-log-sas-event-hc", "Baseline risk")]
    [InlineData("sas-event-ak-leakage", "AccessKey pair leak")]
    [InlineData("sas-event-honeypot", "Cloud honeypot alert")]
    [InlineData("sas-event-rasp", "Application protection alert")]
    [InlineData("com.example.backup.failed", "com.example.backup.failed")]
    public void Compose_EventWithoutTitle_IsCalledByItsKind(string type, string kind)
    {
        var record = new EventRecord(0, "e", "/s", type, Time, Severity.Informative, new EventFields());

        Compose(MessagePurpose.Event, Item(1, record))[0].Preview.ShouldStartWith($"○ Informative · {kind}\n");
    }

    [Theory]
    [InlineData("<!channel> <@U123> <#C123> <https://evil.example|harmless> &lt;")]
    [InlineData("*bold* _it_ ~no~ `code` :fire: > quote")]
    public void Compose_HostileText_ForgesNoMentionOrLink(string hostile)
    {
        var record = new EventRecord(0, hostile, hostile, hostile, Time, Severity.High, new EventFields
        {
            Title = hostile,
            Asset = hostile,
            Target = hostile,
            ScanId = hostile,
            GroupId = hostile,
            EventType = hostile,
            Type = hostile,
            Description = hostile,
        });

        foreach (var message in Compose(MessagePurpose.Event, Item(1, record))
            .Concat(Compose(MessagePurpose.Digest, Item(1, record), Item(2, record))))
        {
            var body = Body(message);
            Texts(body).ShouldAllBe(text => !text.Text.Contains('<') && !text.Text.Contains('>'));

            // Markup only in our own labels.
            Texts(body).Where(text => text.Type == "mrkdwn")
                .ShouldAllBe(text => text.Text.Trim('*').All(letter => char.IsAsciiLetter(letter) || letter == ' '));
            body.GetProperty("text").GetString()!.ShouldNotContain("<");
            Shown(body).ShouldContain("Event ID: " + hostile);
        }
    }

    [Fact]
    public void Compose_InvisibleCharacters_AreLeftOutOfTextAndWrittenOutInIds()
    {
        var record = Alert("id\n\u202Ex\u200B") with { Fields = new EventFields { Title = "a\u202Eb\r\n\tc\u0000\ud800" } };

        var preview = Compose(MessagePurpose.Event, Item(1, record))[0].Preview;

        preview.ShouldContain("ab c\uFFFD");
        preview.ShouldContain(@"Event ID: id\u000A\u202Ex\u200B");
    }

    [Fact]
    public void Compose_LongTexts_AreShortenedInsideTheLimits()
    {
        var longText = string.Concat(Enumerable.Repeat("😀 & wide ", 400));
        var record = new EventRecord(0, new string('&', 1024), longText, longText, Time, Severity.High, new EventFields
        {
            Title = longText,
            Asset = longText,
            Target = longText,
            ScanId = longText,
            GroupId = longText,
            EventType = longText,
            Type = longText,
            Description = longText,
        });

        var message = Compose(MessagePurpose.Event, Item(1, record)).ShouldHaveSingleItem();

        ShouldFitSlack(message);
        Shown(Body(message)).Replace("\n", "", StringComparison.Ordinal).ShouldContain("Event ID: " + record.Id);
        message.Preview.ShouldContain("…");
    }

    [Fact]
    public void Compose_Test_IsTheEventsMessageThatSaysWhoAskedForIt()
    {
        var real = Compose(MessagePurpose.Event, Item(1, Alert())).ShouldHaveSingleItem();

        var message = SlackMessageComposer.Compose(new SlackMessageSettings(Channel),
            new ChannelMessage(MessagePurpose.Test, "T-1", Time, [Item(1, Alert())]) { RequestedBy = "ann@example.com" })
            .ShouldHaveSingleItem();

        message.Preview.ShouldContain("TEST, not an alert (requested by ann@example.com)");
        real.Preview.Split('\n').SkipLast(1).ShouldBeSubsetOf(message.Preview.Split('\n'));
        message.Preview.ShouldEndWith("Test D-1 · Notify.Admin");
        ShouldFitSlack(message);
    }

    [Theory]
    [InlineData(MessagePurpose.Drill, "SCHEDULED TEST, not an alert")]
    [InlineData(MessagePurpose.Test, "TEST, not an alert")]
    public void Compose_DrillWithExamples_MarksEachMessage(MessagePurpose purpose, string mark)
    {
        var one = Compose(purpose, Item(1, Alert()))[0];
        var many = Compose(purpose, [.. Enumerable.Range(1, 100).Select(i => Item(i, Alert($"evt-{i}")))]);

        many.Count.ShouldBeGreaterThan(1);
        foreach (var message in many.Prepend(one))
        {
            message.Preview.ShouldContain(mark);
            Body(message).GetProperty("text").GetString()!.ShouldStartWith(mark);
        }
    }

    [Fact]
    public void Compose_NoItems_IsNothing()
    {
        Compose(MessagePurpose.Event).ShouldBeEmpty();
        Compose(MessagePurpose.Digest).ShouldBeEmpty();
        Compose(MessagePurpose.Test).ShouldBeEmpty();
    }

    [Fact]
    public void Compose_Digest_CountsFirstThenMostSevereAndOlderFirst()
    {
        var scan = new EventRecord(0, "scan-1", "/scanner", "scan.completed", Time, Severity.Low,
            new EventFields { Target = "app", AvgThreat = "Low" });

        var message = Compose(
            MessagePurpose.Digest,
            Item(1, Alert("late", Severity.High, minute: 9)),
            Item(2, scan),
            Item(3, Alert("early", Severity.High, minute: 1)),
            Item(4, Alert("worst", Severity.Critical, minute: 20, type: "sas-event-vul"))).ShouldHaveSingleItem();

        message.DeliveryIds.ShouldBe([4L, 3L, 1L, 2L]);
        message.Preview.ShouldBe(
            """
            4 events

            1 Critical, 2 High, 1 Low
            Vulnerability: 1 (1 Critical)
            Security alert: 2 (2 High)
            Scan completed: 1 (1 Low)

            ◆ Critical · Webshell found: web-01
            Vulnerability · 2026-03-04 05:26:07 UTC · Delivery D-4
            Event ID: worst

            ▲ High · Webshell found: web-01
            Security alert · 2026-03-04 05:07:07 UTC · Delivery D-3
            Event ID: early

            ▲ High · Webshell found: web-01
            Security alert · 2026-03-04 05:15:07 UTC · Delivery D-1
            Event ID: late

            ● Low · Scan completed: app
            Scan completed · 2026-03-04 05:06:07 UTC · Delivery D-2
            Event ID: scan-1

            Digest G-1234567 · Notify.Admin
            """, StringCompareShould.IgnoreLineEndings);
    }

    [Fact]
    public void Compose_LongDigest_IsContinuedWithoutLosingAnId()
    {
        var items = Enumerable.Range(1, 1000).Select(i => Item(i, Alert($"evt-{i:D6}", (Severity)(i % 5), minute: i))).ToList();

        var messages = Compose(MessagePurpose.Digest, items);

        messages.Count.ShouldBeGreaterThan(10);
        messages.SelectMany(message => message.DeliveryIds).Order().ShouldBe(Enumerable.Range(1, 1000).Select(i => (long)i));
        messages.SelectMany(message => message.DeliveryIds).ShouldBe(
            items.OrderByDescending(item => item.Event.Severity).ThenBy(item => item.Event.Time).Select(item => item.DeliveryId));
        foreach (var (index, message) in messages.Index())
        {
            ShouldFitSlack(message);
            message.Preview.ShouldStartWith($"1000 events ({index + 1} of {messages.Count})");
            foreach (var id in message.DeliveryIds)
            {
                Shown(Body(message)).ShouldContain($"Event ID: evt-{id:D6}\n");
            }
        }
    }

    [Fact]
    public void Compose_DigestOfRandomEvents_AlwaysFitsAndNamesEveryEvent()
    {
        var random = new Random(20260304);
        var alphabet = "ab<>&\"\\😀中 \n\u202E*_~`:|@#é".EnumerateRunes().Select(rune => rune.ToString()).ToArray();
        string Text(int max) => string.Concat(Enumerable.Range(0, random.Next(max)).Select(_ => alphabet[random.Next(alphabet.Length)]));

        for (var round = 0; round < 25; round++)
        {
            var items = Enumerable.Range(1, random.Next(1, 40))
                .Select(i => Item(i, new EventRecord(i, $"{round}-{i}-" + Text(1000), Text(500), Text(100),
                    Time.AddSeconds(random.Next(100)), (Severity)random.Next(5), new EventFields
                {
                    Title = Text(400),
                    Asset = Text(400),
                    Target = Text(400),
                    ScanId = Text(100),
                    EventType = Text(200),
                    Description = Text(3000),
                })))
                .ToList();

            var messages = Compose(MessagePurpose.Digest, items);

            messages.SelectMany(message => message.DeliveryIds).Order().ShouldBe(items.Select(item => item.DeliveryId));
            foreach (var message in messages)
            {
                ShouldFitSlack(message);
                var shown = string.Concat(Texts(Body(message)).Select(text => Unescape(text.Text)));
                foreach (var id in message.DeliveryIds)
                {
                    shown.ShouldContain("Event ID: " + SlackEventText.Id(items.Single(item => item.DeliveryId == id).Event.Id));
                }
            }
        }
    }

    [Fact]
    public void Compose_ManyKinds_SaysHowManyMore()
    {
        var items = Enumerable.Range(1, 20).Select(i => Item(i, Alert($"e{i}", type: $"custom.{i:D2}"))).ToList();

        Compose(MessagePurpose.Digest, items)[0].Preview.ShouldContain("and 8 more kinds: 8 events");
    }

    private static void ShouldFitSlack(ComposedMessage message)
    {
        var body = Body(message);
        var blocks = body.GetProperty("blocks").EnumerateArray().ToList();

        blocks.Count.ShouldBeLessThanOrEqualTo(50);
        body.GetProperty("text").GetString()!.Length.ShouldBeInRange(1, 40_000);
        Texts(body).Sum(text => text.Text.Length).ShouldBeLessThanOrEqualTo(SlackLayout.MaxSize);
        foreach (var block in blocks)
        {
            switch (block.GetProperty("type").GetString())
            {
                case "header":
                    block.GetProperty("text").GetProperty("text").GetString()!.Length.ShouldBeInRange(1, 150);
                    block.GetProperty("text").GetProperty("type").GetString().ShouldBe("plain_text");
                    break;
                case "section" when block.TryGetProperty("text", out var text):
                    text.GetProperty("text").GetString()!.Length.ShouldBeInRange(1, 3000);
                    break;
                case "section":
                    var fields = block.GetProperty("fields").EnumerateArray().ToList();
                    fields.Count.ShouldBeInRange(1, 10);
                    fields.ShouldAllBe(field => field.GetProperty("text").GetString()!.Length >= 1 && field.GetProperty("text")
                        .GetString()!.Length <= 2000);
                    break;
                case "context":
                    block.GetProperty("elements").GetArrayLength().ShouldBeInRange(1, 10);
                    break;
                case var other:
                    Assert.Fail($"Unexpected block {other}.");
                    break;
            }
        }
    }

    private static JsonElement Body(ComposedMessage message) => JsonDocument.Parse(message.Body).RootElement;

    private static List<string?> Types(JsonElement body) =>
        [.. body.GetProperty("blocks").EnumerateArray().Select(block => block.GetProperty("type").GetString())];

    private static List<(string Type, string Text)> Texts(JsonElement body) =>
        [.. body.GetProperty("blocks").EnumerateArray().SelectMany(TextsOf)];

    private static IEnumerable<(string Type, string Text)> TextsOf(JsonElement block)
    {
        var texts = new List<JsonElement>();
        if (block.TryGetProperty("text", out var text))
        {
            texts.Add(text);
        }

        foreach (var list in (string[])["fields", "elements"])
        {
            if (block.TryGetProperty(list, out var items))
            {
                texts.AddRange(items.EnumerateArray());
            }
        }

        return texts.Select(item => (item.GetProperty("type").GetString()!, item.GetProperty("text").GetString()!));
    }

    /// <summary>The message as Slack would show it, one text a line.</summary>
    private static string Shown(JsonElement body) => string.Concat(Texts(body).Select(text => Unescape(text.Text) + "\n"));

    private static string Unescape(string text) => text.Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);
}
