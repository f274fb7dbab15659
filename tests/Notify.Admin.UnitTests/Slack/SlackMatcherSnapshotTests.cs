using Notify.Admin.Channels;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

public class SlackMatcherSnapshotTests
{
    private static readonly EventRecord[] Events =
    [
        .. from type in new[]
           {
               "scan.started", "scan.completed", "scan.aborted", "scan.stopped", "scan.deleted", "scan.paused", "scan.resumed",
                   "sas-event-vul", "notify.drill", "other", "",
           }
           from trigger in new[] { null, "schedule", "queue", "manual" }
           from threat in new[] { null, "Informative", "Low", "Medium", "High", "odd" }
           select new EventRecord(0, "e", "/s", type, PretendSlack.Now, Severity.Informative,
               new EventFields { Trigger = trigger, AvgThreat = threat }),
    ];

    [Fact]
    public void Match_AnyEventAndAnySwitches_AgreesWithTheDecision()
    {
        var random = new Random(7);
        bool Toss() => random.Next(3) == 0;
        var listeners = Enumerable.Range(1, 200)
            .Select(id => new SlackListener(new ChannelKey(ChannelKind.Slack, id), $"ops {id}", new SlackSwitches
            {
                IsOn = random.Next(10) > 0,
                SlackNotify = random.Next(10) == 0,
                SlackStartFromSchedule = Toss(),
                SlackStartFromQueue = Toss(),
                SlackCompleteAborted = Toss(),
                SlackDelete = Toss(),
                SlackStop = Toss(),
                SlackAborted = Toss(),
                SlackPause = Toss(),
                SlackUnpause = Toss(),
                SlackAvgThreat = (SlackAvgThreat)random.Next(4),
            }))
            .ToList();
        var snapshot = new SlackMatcherSnapshot(listeners, SlackTexts.Localizer);

        foreach (var record in Events)
        {
            var expected = listeners
                .Select(listener => (listener.Channel, Hearing: SlackMatching.Decide(listener.Switches, record)))
                .Where(listener => listener.Hearing.Hears)
                .Select(listener => new ChannelMatch(listener.Channel, listener.Hearing.Reason!))
                .ToList();

            snapshot.Match(record).ShouldBe(expected);
        }
    }

    [Fact]
    public void Measure_AnEvent_SaysOfEveryIntegrationHowFarItIs_AsItsExplanationDoes()
    {
        var stops = new SlackSwitches { SlackStop = true, IsOn = true };
        var high = new SlackSwitches { SlackCompleteAborted = true, SlackAvgThreat = SlackAvgThreat.High, IsOn = true };
        SlackListener Listener(int id, SlackSwitches switches) => new(new ChannelKey(ChannelKind.Slack, id), $"{id}", switches);
        var snapshot = new SlackMatcherSnapshot(
            [
                Listener(1, stops), Listener(2, stops with { IsOn = false }), Listener(3, new SlackSwitches { IsOn = true }),
                Listener(4, high), Listener(5, high with { IsOn = false }),
                Listener(6, new SlackSwitches { SlackNotify = true, IsOn = false }),
            ],
            SlackTexts.Localizer);
        int[] Distances(string type, string? threat) =>
            [.. snapshot.Measure(Events.First(record => record.Type == type && record.Fields.AvgThreat == threat)).Select(one => one.Away)];
        const int Other = ChannelDistance.OfOtherKind;

        Distances("scan.stopped", null).ShouldBe([0, 1, Other, Other, Other, 1]);
        Distances("scan.completed", "Low").ShouldBe([Other, Other, Other, 1, 2, 1]);
        Distances("scan.completed", "High").ShouldBe([Other, Other, Other, 0, 1, 1]);
        Distances("sas-event-vul", null).ShouldBe([Other, Other, Other, Other, Other, 1]);
        foreach (var record in Events)
        {
            foreach (var measured in snapshot.Measure(record))
            {
                var explanation = snapshot.Explain(record, measured.Channel.Id).ShouldNotBeNull();
                explanation.Hears.ShouldBe(measured.Hears);
                explanation.Conditions.All(condition => condition.Passed).ShouldBe(measured.Hears);
            }
        }

        snapshot.Explain(Events[0], 99).ShouldBeNull();
    }

    [Theory]
    [InlineData("slackNotify", "Every event is sent (slackNotify is on).")]
    [InlineData("slackUnpause", "The switch for resumed scans is on (slackUnpause).")]
    [InlineData("slackAborted", "The switch for aborted scans is on (slackAborted).")]
    [InlineData("a_reason_of_yesterday", "a_reason_of_yesterday")]
    public void Describe_Reason_IsASentence(string reason, string expected) =>
        SlackMatching.Describe(reason, SlackTexts.Localizer).ShouldBe(expected);
}
