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
    public void Explain_AnEvent_ListsEveryIntegration()
    {
        var snapshot = new SlackMatcherSnapshot(
            [
                new SlackListener(new ChannelKey(ChannelKind.Slack, 1), "a", new SlackSwitches { SlackStop = true }),
                new SlackListener(new ChannelKey(ChannelKind.Slack, 2), "b", new SlackSwitches()),
            ],
            SlackTexts.Localizer);

        var explanations = snapshot.Explain(Events.First(record => record.Type == "scan.stopped")).ToList();

        explanations.Select(explanation => (explanation.Name, explanation.Hears)).ShouldBe([("a", true), ("b", false)]);
        explanations[0].Conditions.ShouldBe([new ExplainedCondition("The switch for stopped scans is on (slackStop).", true)]);
    }

    [Theory]
    [InlineData("slackNotify", "Every event is sent (slackNotify is on).")]
    [InlineData("slackUnpause", "The switch for resumed scans is on (slackUnpause).")]
    [InlineData("slackAborted", "The switch for aborted scans is on (slackAborted).")]
    [InlineData("a_reason_of_yesterday", "a_reason_of_yesterday")]
    public void Describe_Reason_IsASentence(string reason, string expected) =>
        SlackMatching.Describe(reason, SlackTexts.Localizer).ShouldBe(expected);
}
