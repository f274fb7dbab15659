using System.Text.Json;
using Notify.Admin.Channels;
using Notify.Admin.DingTalk;
using Notify.Admin.Rules;
using Notify.Admin.Slack;
using Notify.Admin.UnitTests.DingTalk;

namespace Notify.Admin.UnitTests.Channels;

/// <summary>What people chose to show in messages: what may be chosen, and what both vendors' messages make of it.</summary>
public sealed class MessageLayoutTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly Uri Console = new("https://notify.example.com/in/");

    private static readonly MessageLayout Chosen = new()
    {
        Title = "{title} on {asset}", Before = "Team {labels.team} looks at it", Fields = ["labels.team", "severity", "scan"],
        After = "Runbook: see wiki",
    };

    [Fact]
    public void Write_Standard_IsEmpty_AndReadsBack()
    {
        MessageLayout.Standard.Write().ShouldBe("");
        (MessageLayout.Standard with { Title = "  ", Before = "" }).Trimmed().Write().ShouldBe("");
        MessageLayout.Read("").ShouldBe(MessageLayout.Standard);
        MessageLayout.Read("not JSON").ShouldBe(MessageLayout.Standard);
        MessageLayout.Read(Chosen.Write()).ShouldBe(Chosen);
        (Chosen with { Fields = [] }).ShouldNotBe(Chosen with { Fields = null });
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("""{"title":"{title} on {asset}","fields":["severity","labels.team"]}""", null)]
    [InlineData("""{"fields":[]}""", null)]
    [InlineData("""{"title":"{titel}"}""", "There is no field “titel”. Known are title, asset,")]
    [InlineData("""{"before":"{}"}""", "There is no field “”.")]
    [InlineData("""{"after":"{Title}"}""", "There is no field “Title”.")]
    [InlineData("""{"fields":["severity","nothing"]}""", "There is no field “nothing”.")]
    [InlineData("""{"fields":["labels."]}""", "There is no field “labels.”.")]
    [InlineData("""{"title":"{title"}""", "A brace has no pair.")]
    [InlineData("""{"title":"}{"}""", "A brace has no pair.")]
    [InlineData("""{"title":"two\nlines"}""", "Write one line of at most 150 characters.")]
    [InlineData("""{"fields":["asset","asset"]}""", "A field is chosen twice.")]
    [InlineData("""{"fields":[null]}""", "The message settings cannot be read.")]
    [InlineData("""{"code":"x"}""", "The message settings cannot be read.")]
    [InlineData("[", "The message settings cannot be read.")]
    public void FindProblem_SaysTheFirst(string stored, string? problem)
    {
        if (problem is null)
        {
            MessageLayout.FindProblem(stored, RuleLanguage.En).ShouldBeNull();
        }
        else
        {
            MessageLayout.FindProblem(stored, RuleLanguage.En).ShouldNotBeNull().ShouldStartWith(problem);
            MessageLayout.FindProblem(stored, RuleLanguage.Zh).ShouldNotBeNull().ShouldNotContain("field");
        }
    }

    [Fact]
    public void FindProblem_TooMuch_IsRefused()
    {
        var names = MessageField.All.Select(field => field.Name).ToList();

        MessageLayout.FindProblem(new MessageLayout { Fields = names }.Write(), RuleLanguage.En).ShouldBe("Show at most 15 fields.");
        MessageLayout.FindProblem(new MessageLayout { Before = new string('x', MessageLayout.MaxLine + 1) }.Write(), RuleLanguage.En)
            .ShouldNotBeNull();
    }

    [Fact]
    public void Slack_Chosen_ShowsItInOrder() => Slack(Chosen, Alert()).Preview.ShouldBe(
        """
        ▲ High · Webshell found on web-01

        Team blue looks at it

        team: blue
        Severity: ▲ High

        Runbook: see wiki

        Event ID: evt-1

        Delivery D-1 · Notify.Admin
        """, StringCompareShould.IgnoreLineEndings);

    [Fact]
    public void Slack_TemplateThatNamesSeverity_SaysItOnce() =>
        Slack(new MessageLayout { Title = "{severity}: {title}" }, Alert()).Preview.ShouldStartWith("High: Webshell found\n");

    [Fact]
    public void Slack_NothingThatTheTitleNames_HasTheStandardTitle() =>
        Slack(new MessageLayout { Title = "Scan {scan}" }, Alert()).Preview.ShouldStartWith("▲ High · Webshell found: web-01\n");

    [Fact]
    public void DingTalk_Chosen_ShowsItInOrder() => DingTalk(Chosen, Alert()).Text.ShouldBe(
        """
        #### High · Alerts

        **Webshell found on web-01**

        Team blue looks at it

        - team: blue
        - Severity: High
        - Event ID: evt-1

        Runbook: see wiki

        Delivery D-1
        """, StringCompareShould.IgnoreLineEndings);

    [Fact]
    public void Slack_Hostile_IsPlainTextEverywhere()
    {
        const string Evil = "<!channel> <@U0000009> *b* <https://evil.example|x> :fire:";
        var layout = new MessageLayout
        {
            Title = "{title}", Before = "{labels.x} <!here>", After = "{labels.x}", Fields = ["labels.x", "labels.*<!here>_", "title"],
        };

        var body = Slack(layout, Alert() with
        {
            Fields = new EventFields { Title = Evil, Labels = new Dictionary<string, string> { ["x"] = Evil, ["*<!here>_"] = Evil } },
        }).Body;

        foreach (var raw in (string[])["<!", "<@", "<http"])
        {
            body.ShouldNotContain(raw);
        }

        Markup(JsonDocument.Parse(body).RootElement).ShouldBe(["*x*", "*·&lt;!here&gt;·*", "*Title*"]);
    }

    [Fact]
    public void DingTalk_Hostile_CanMakeNeitherLinkNorMention()
    {
        const string Evil = "[x](https://evil.example) @13800000000 **b** <b> www.evil.example";
        var layout = new MessageLayout
        {
            Title = "{title} @all", Before = "{labels.x}", After = "[{title}](https://{asset})",
            Fields = ["labels.x", "labels.[a](http://b)"],
        };

        var text = DingTalk(layout, Alert() with
        {
            Fields = new EventFields
            {
                Title = Evil, Asset = "evil.example",
                Labels = new Dictionary<string, string> { ["x"] = Evil, ["[a](http://b)"] = Evil },
            },
        }).Text;

        foreach (var raw in (string[])["](", "://", "www.", "@1", "@a", "**b", "<"])
        {
            text.ShouldNotContain(raw);
        }
    }

    [Fact]
    public void Links_WhereTheConsoleHasAnAddress_LeadToTheEventToo()
    {
        var record = Alert() with { RowId = 42 };
        record = record with { Fields = record.Fields with { Link = "https://console.example/1" } };
        const string Own = "https://notify.example.com/in/events?open=42";

        var buttons = JsonDocument.Parse(Slack(Chosen, record, Console).Body).RootElement.GetProperty("blocks").EnumerateArray()
            .Single(block => block.GetProperty("type").GetString() == "actions").GetProperty("elements").EnumerateArray();

        buttons.Select(button => button.GetProperty("url").GetString()).ShouldBe(["https://console.example/1", Own]);
        DingTalk(Chosen, record, Console).Text.ShouldContain($"[Open in Notify.Admin]({Own})");
        Slack(Chosen, record).Body.ShouldNotContain("open=42");
        DingTalk(Chosen, record).Text.ShouldNotContain("open=42");
        Slack(Chosen, Alert(), Console).Body.ShouldNotContain("notify.example.com");
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("https://notify.example.com", true)]
    [InlineData(" http://10.0.0.1:5080/notify/ ", true)]
    [InlineData("notify.example.com", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("https://a:b@notify.example.com", false)]
    [InlineData("https://notify.example.com/?x=1", false)]
    public void Validate_Address_IsOneThatABrowserOpens(string? address, bool isValid) =>
        new ConsoleOptionsValidator().Validate(null, new ConsoleOptions { Address = address }).Succeeded.ShouldBe(isValid);

    private static EventRecord Alert() => new(0, "evt-1", "/cloud/eu", "sas-event-suspicious", At, Severity.High, new EventFields
    {
        Title = "Webshell found", Asset = "web-01", Labels = new Dictionary<string, string> { ["team"] = "blue" },
    });

    private static ComposedMessage Slack(MessageLayout layout, EventRecord record, Uri? console = null) => SlackMessageComposer.Compose(
        new SlackMessageSettings("C0123456789") { Layout = layout, Console = console },
        new ChannelMessage(MessagePurpose.Event, "D-1", At, [new MessageItem(1, "D-1", record)]))[0];

    private static RobotMarkdown DingTalk(MessageLayout layout, EventRecord record, Uri? console = null) =>
        MessageBuilder.Read(DingTalkMessageComposer.Compose(
            MessageBuilder.Settings() with { Layout = layout, Console = console },
            new ChannelMessage(MessagePurpose.Event, "D-1", At, [new MessageItem(1, "D-1", record)])))[0];

    private static IEnumerable<string> Markup(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            && type.GetString() == "mrkdwn" => [element.GetProperty("text").GetString()!],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Markup(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Markup),
        _ => [],
    };
}
