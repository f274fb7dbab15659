using Notify.Admin.Channels;
using Notify.Admin.Slack;
using Notify.Admin.UnitTests.Slack;

namespace Notify.Admin.UnitTests.Channels;

public sealed class HearingSnapshotTests
{
    private static readonly EventRecord Webshell = Event("sas_analysis_online-sas-operation-log-sas-event-suspicious") with
    {
        Severity = Severity.Critical,
        Fields = new EventFields { EventType = "Webshell", GroupId = "7", Asset = "web-01", ItemLevel = "serious" },
    };

    private static readonly EventRecord Stopped = Event("scan.stopped");

    [Fact]
    public void Match_ByRuleAndBySwitch_HearsOnceByTheSwitch()
    {
        var snapshot = Snapshot((1, new SlackSwitches { IsOn = true, SlackStop = true }, Kinds("scan.stopped")),
            (2, new SlackSwitches { IsOn = true }, Kinds("scan.started") + Kinds("scan.stopped")));

        snapshot.Match(Stopped).Select(match => (match.Channel.Id, match.Reason))
            .ShouldBe([(1, "slackStop"), (2, "own rule 2")]);
    }

    [Fact]
    public void Match_WebshellOfGroup7_IsHeardByAnIntegrationThatAsksForIt()
    {
        const string Rule = """{"conditions":[{"on":"kind","oneOf":["sas-event-suspicious"]},{"on":"group","oneOf":["7"]}]}""";
        var snapshot = Snapshot((1, new SlackSwitches { IsOn = true }, Rule), (2, new SlackSwitches { IsOn = false }, Rule),
            (3, new SlackSwitches { IsOn = true }, ""));

        snapshot.Match(Webshell).ShouldBe([new(new ChannelKey(ChannelKind.Slack, 1), "own rule 1")]);
        snapshot.Match(Webshell with { Fields = Webshell.Fields with { GroupId = "8" } }).ShouldBeEmpty();
    }

    [Fact]
    public void MeasureAndExplain_AnyEvent_SayWhatMatchingDecides()
    {
        const string Rule =
            """{"name":"Web","conditions":[{"on":"severity","from":"high"},{"on":"group","oneOf":["7"]},{"on":"asset","like":"web-*"}]}""";
        var on = new SlackSwitches { IsOn = true };
        var snapshot = Snapshot((1, on, Rule), (2, on with { SlackStop = true }, Rule), (3, on with { IsOn = false }, Rule), (4, on, ""),
            (5, on with { SlackNotify = true }, Rule), (6, on, Kinds("grafana.alert")));
        EventRecord[] events =
        [
            Webshell, Stopped, Webshell with { Severity = Severity.Low }, Webshell with { Fields = new EventFields() },
            Event("grafana.alert"),
        ];

        foreach (var record in events)
        {
            var heard = snapshot.Match(record).Select(match => match.Channel.Id).ToHashSet();
            foreach (var channel in snapshot.Measure(record))
            {
                var explained = snapshot.Explain(record, channel.Channel.Id)!;
                channel.Hears.ShouldBe(heard.Contains(channel.Channel.Id));
                explained.Hears.ShouldBe(channel.Hears);
                explained.Conditions.All(condition => condition.Passed).ShouldBe(channel.Hears);
            }
        }

        snapshot.Measure(Webshell with { Severity = Severity.Low }).First().IsNear.ShouldBeTrue();
        snapshot.Explain(Webshell with { Severity = Severity.Low }, 1)!.Conditions.Select(condition => condition.Text)
            .ShouldContain("Own rule 1 “Web”: Severity is Low; the rule asks for from High on");
    }

    [Fact]
    public void Match_LabelsAndAGroupInASourcesOwnWords_AreWhatItPosted()
    {
        const string Rule = """{"conditions":[{"on":"label","name":"team","oneOf":["ops"]},{"on":"group","oneOf":["Storage"]},{"on":"state","oneOf":["opened"]}]}""";
        using var json = System.Text.Json.JsonDocument.Parse(
            """{"data":{"title":"t","group":"Storage","state":"open","labels":{"team":"ops","load":5,"nested":{"a":1}}}}""");
        var record = Event("grafana.alert") with { Fields = EventPayload.ReadFields(json.RootElement) };

        Snapshot((1, new SlackSwitches { IsOn = true }, Rule)).Match(record).Count().ShouldBe(1);
        record.Fields.Labels.Keys.Order().ShouldBe(["load", "team"]);
    }

    private static string Kinds(string kind) => $$"""{"conditions":[{"on":"kind","oneOf":["{{kind}}"]}]}""";

    private static EventRecord Event(string type) =>
        new(0, "e", "/s", type, PretendSlack.Now, Severity.NotStated, new EventFields());

    private static IMatcherSnapshot Snapshot(params (int Id, SlackSwitches Switches, string Rules)[] channels) => HearingSnapshot.Of(
        ChannelKind.Slack,
        new SlackMatcherSnapshot(
        [
            .. channels.Select(channel =>
                new SlackListener(new ChannelKey(ChannelKind.Slack, channel.Id), $"ops {channel.Id}", channel.Switches)),
        ],
        SlackTexts.Localizer),
        OwnRuleListener.Read(channels.Select(channel =>
            (channel.Id, $"[{channel.Rules.Replace("}{", "},{", StringComparison.Ordinal)}]", channel.Switches.IsOn))));
}
