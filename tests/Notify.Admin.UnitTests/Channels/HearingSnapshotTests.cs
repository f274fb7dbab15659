using Notify.Admin.Channels;
using Notify.Admin.Rules;
using Notify.Admin.Slack;
using Notify.Admin.UnitTests.Rules.Own;
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

    [Fact]
    public void Sets_ThousandsOfRandomCases_AreMatchedMeasuredAndExplainedAsEachChannelAskedAlone()
    {
        var random = new Random(23);
        var (bySet, byOwn) = (0, 0);
        for (var round = 0; round < 20; round++)
        {
            var sets = Enumerable.Range(1, 12).Select(id => new SharedRules(id, $"set {id}", RandomOwnRules.List(random))).ToList();
            var channels = Enumerable.Range(1, 40).Select(id => new OwnRuleListener(id, RandomOwnRules.List(random),
                [.. sets.Where(_ => random.Next(5) == 0).Select(set => set.Id)], random.Next(8) > 0)).ToList();
            var snapshot = HearingSnapshot.Of(ChannelKind.Slack, Silent(channels), channels, sets);
            for (var number = 0; number < 40; number++)
            {
                var record = RandomOwnRules.Record(random);
                var facts = OwnRuleEvent.FactsOf(record);

                var heard = snapshot.Match(record).ToDictionary(match => match.Channel.Id, match => match.Reason);
                var away = snapshot.Measure(record).ToDictionary(channel => channel.Channel.Id);

                foreach (var channel in channels)
                {
                    var expected = Reason(channel, sets, facts);
                    heard.GetValueOrDefault(channel.ChannelId).ShouldBe(expected);
                    away[channel.ChannelId].Hears.ShouldBe(expected is not null);
                    var explained = snapshot.Explain(record, channel.ChannelId)!;
                    explained.Hears.ShouldBe(expected is not null);
                    explained.Conditions.All(condition => condition.Passed).ShouldBe(expected is not null);
                    bySet += expected?.StartsWith("rule set", StringComparison.Ordinal) == true ? 1 : 0;
                    byOwn += expected?.StartsWith("own rule", StringComparison.Ordinal) == true ? 1 : 0;
                }
            }
        }

        bySet.ShouldBeGreaterThan(2_000);
        byOwn.ShouldBeGreaterThan(2_000);
    }

    // What intake relies on: it asks the store about an event only where a match stands under the condition.
    [Fact]
    public void Match_BeforeAnybodyLooked_TellsWhichMatchesStandOnlyForANewEvent()
    {
        var random = new Random(37);
        var (conditional, dropped) = (0, 0);
        for (var round = 0; round < 20; round++)
        {
            var sets = Enumerable.Range(1, 8).Select(id => new SharedRules(id, $"set {id}", RandomOwnRules.List(random))).ToList();
            var channels = Enumerable.Range(1, 30).Select(id => new OwnRuleListener(id, RandomOwnRules.List(random),
                [.. sets.Where(_ => random.Next(5) == 0).Select(set => set.Id)], IsOn: true)).ToList();
            var snapshot = HearingSnapshot.Of(ChannelKind.Slack, Silent(channels), channels, sets);
            snapshot.NewDays.ShouldBe(channels.Select(channel => channel.Rules)
                .Concat(channels.SelectMany(channel => channel.RuleSets).Select(id => sets[id - 1].Rules)).Max(rules => rules.NewDays));
            for (var number = 0; number < 40; number++)
            {
                var record = RandomOwnRules.Record(random) with { SeenAgo = null };

                var before = snapshot.Match(record).ToDictionary(match => match.Channel.Id);
                var after = snapshot.Match(record with { SeenAgo = TimeSpan.Zero }).Select(match => match.Channel.Id).ToHashSet();

                after.IsSubsetOf(before.Keys).ShouldBeTrue();
                before.Values.Where(match => !match.IfNew).ShouldAllBe(match => after.Contains(match.Channel.Id));
                conditional += before.Values.Count(match => match.IfNew);
                dropped += before.Count - after.Count;
            }
        }

        conditional.ShouldBeGreaterThan(dropped);
        dropped.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void With_OtherRulesInASet_HearsAsIfItHadBeenSavedSo()
    {
        var random = new Random(29);
        var sets = Enumerable.Range(1, 6).Select(id => new SharedRules(id, $"set {id}", RandomOwnRules.List(random))).ToList();
        var channels = Enumerable.Range(1, 30)
            .Select(id => new OwnRuleListener(id, OwnRuleList.Empty, [1 + (id % 6)], IsOn: true)).ToList();
        var changed = sets[2] with { Rules = RandomOwnRules.List(random) };
        var saved = HearingSnapshot.Of(
            ChannelKind.Slack, Silent(channels), channels, [.. sets.Where(set => set.Id != changed.Id), changed]);

        var planned = HearingSnapshot.With(HearingSnapshot.Of(ChannelKind.Slack, Silent(channels), channels, sets), changed);

        for (var number = 0; number < 500; number++)
        {
            var record = RandomOwnRules.Record(random);
            planned.Match(record).OrderBy(match => match.Channel.Id).ShouldBe(saved.Match(record).OrderBy(match => match.Channel.Id));
        }
    }

    [Fact]
    public void Cover_ByASet_IsThatOfTheSameRulesAsOwn()
    {
        var random = new Random(31);
        for (var round = 0; round < 200; round++)
        {
            var rules = RandomOwnRules.List(random);
            OwnRuleListener[] own = [new(1, rules, [], IsOn: true)];
            OwnRuleListener[] shared = [new(1, OwnRuleList.Empty, [5], IsOn: true)];
            var events = new EventClass("grafana.alert", (Severity)random.Next(6)) { GroupId = random.Next(2) == 0 ? null : "1" };

            HearingSnapshot.Of(ChannelKind.Slack, Silent(shared), shared, [new(5, "s", rules)]).Cover(events)
                .ShouldBe(HearingSnapshot.Of(ChannelKind.Slack, Silent(own), own, []).Cover(events));
        }
    }

    [Fact]
    public void Explain_NearASet_NamesItAndItsRule()
    {
        OwnRuleListener[] channels = [new(1, OwnRuleList.Empty, [5], IsOn: true)];
        var rules = OwnRuleJson.Read("""[{"name":"Web","conditions":[{"on":"severity","from":"high"},{"on":"group","oneOf":["8"]}]}]""");
        var snapshot = HearingSnapshot.Of(ChannelKind.Slack, Silent(channels), channels, [new(5, "Production", rules.Rules)]);

        snapshot.Explain(Webshell, 1)!.Conditions.Select(condition => condition.Text)
            .ShouldContain("Rule set “Production”, rule 1 “Web”: Group is “7”; the rule asks for of group “8”");
        snapshot.Measure(Webshell).Single().IsNear.ShouldBeTrue();
        snapshot.Match(Webshell with { Fields = Webshell.Fields with { GroupId = "8" } }).Single().Reason
            .ShouldBe("rule set \"Production\", rule 1");
        RuleSetReason.Read("rule set \"a\", rule 1\", rule 12").ShouldBe(("a\", rule 1", "12"));
        RuleSetReason.Read("own rule 1").ShouldBeNull();
    }

    private static string? Reason(OwnRuleListener channel, IReadOnlyList<SharedRules> sets, OwnFacts facts)
    {
        if (!channel.IsOn)
        {
            return null;
        }

        if (channel.Rules.FirstMatch(facts) is >= 0 and var own)
        {
            return $"own rule {own + 1}";
        }

        return channel.RuleSets.Select(id => sets.Single(set => set.Id == id))
            .Select(set => (set.Name, At: set.Rules.FirstMatch(facts))).Where(match => match.At >= 0)
            .Select(match => $"rule set \"{match.Name}\", rule {match.At + 1}").FirstOrDefault();
    }

    // Integrations whose switches hear nothing.
    private static SlackMatcherSnapshot Silent(IEnumerable<OwnRuleListener> channels) => new(
    [
        .. channels.Select(channel => new SlackListener(new ChannelKey(ChannelKind.Slack, channel.ChannelId), $"ops {channel.ChannelId}",
            new SlackSwitches { IsOn = channel.IsOn })),
    ],
    SlackTexts.Localizer);

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
            (channel.Id, $"[{channel.Rules.Replace("}{", "},{", StringComparison.Ordinal)}]", "", channel.Switches.IsOn))), []);
}
