using Notify.Admin.Channels;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

public class SlackMatchingTests
{
    private static readonly string[] EveryType =
    [
        "scan.started", "scan.completed", "scan.aborted", "scan.stopped", "scan.deleted", "scan.paused", "scan.resumed",
        "sas-event-suspicious", "sas-event-vul", "notify.drift", "com.example.other", "SCAN.STOPPED", "scan.exploded",
    ];

    /// <summary>One switch on at a time; null is none.</summary>
    private static readonly Dictionary<string, SlackSwitches> Single = new()
    {
        ["none"] = new SlackSwitches(),
        ["slackStartFromSchedule"] = new SlackSwitches { SlackStartFromSchedule = true },
        ["slackStartFromQueue"] = new SlackSwitches { SlackStartFromQueue = true },
        ["slackCompleteAborted"] = new SlackSwitches { SlackCompleteAborted = true },
        ["slackDelete"] = new SlackSwitches { SlackDelete = true },
        ["slackStop"] = new SlackSwitches { SlackStop = true },
        ["slackAborted"] = new SlackSwitches { SlackAborted = true },
        ["slackPause"] = new SlackSwitches { SlackPause = true },
        ["slackUnpause"] = new SlackSwitches { SlackUnpause = true },
    };

    private static readonly SlackSwitches AllButNotify = new()
    {
        SlackStartFromSchedule = true,
        SlackStartFromQueue = true,
        SlackCompleteAborted = true,
        SlackDelete = true,
        SlackStop = true,
        SlackAborted = true,
        SlackPause = true,
        SlackUnpause = true,
    };

    private static EventRecord Record(string type, string? trigger = null, string? avgThreat = null) =>
        new(0, "e1", "/scanner", type, PretendSlack.Now, Severity.Informative,
            new EventFields { Trigger = trigger, AvgThreat = avgThreat });

    [Theory]
    [InlineData("scan.started", "schedule", new[] { "slackStartFromSchedule" })]
    [InlineData("scan.started", "queue", new[] { "slackStartFromQueue" })]
    [InlineData("scan.completed", null, new[] { "slackCompleteAborted" })]
    [InlineData("scan.aborted", null, new[] { "slackCompleteAborted", "slackAborted" })]
    [InlineData("scan.stopped", null, new[] { "slackStop" })]
    [InlineData("scan.deleted", null, new[] { "slackDelete" })]
    [InlineData("scan.paused", null, new[] { "slackPause" })]
    [InlineData("scan.resumed", null, new[] { "slackUnpause" })]
    [InlineData("scan.started", null, new string[0])]
    [InlineData("scan.started", "manual", new string[0])]
    [InlineData("sas-event-suspicious", null, new string[0])]
    [InlineData("notify.drift", null, new string[0])]
    [InlineData("com.example.other", null, new string[0])]
    [InlineData("SCAN.STOPPED", null, new string[0])]
    public void Decide_OneSwitchOn_HearsOnlyItsOwnEvents(string type, string? trigger, string[] heardBy)
    {
        foreach (var (name, switches) in Single)
        {
            var hearing = SlackMatching.Decide(switches, Record(type, trigger));

            hearing.ShouldBe(heardBy.Contains(name) ? SlackHearing.By(name) : SlackHearing.Not, $"{type} {trigger} with {name}");
        }
    }

    [Fact]
    public void Decide_SlackNotify_HearsEveryEventWhateverTheRestSays()
    {
        foreach (var type in EveryType)
        {
            foreach (var threat in (string?[])[null, "Informative", "High"])
            {
                var switches = new SlackSwitches { SlackNotify = true, SlackAvgThreat = SlackAvgThreat.High };

                SlackMatching.Decide(switches, Record(type, avgThreat: threat)).ShouldBe(SlackHearing.By("slackNotify"));
                SlackMatching.Decide(AllButNotify with { SlackNotify = true }, Record(type, avgThreat: threat))
                    .ShouldBe(SlackHearing.By("slackNotify"));
            }
        }
    }

    [Fact]
    public void Decide_SlackNotifyOff_DoesNotSilenceTheSingleSwitches() =>
        SlackMatching.Decide(new SlackSwitches { SlackNotify = false, SlackStop = true }, Record("scan.stopped")).Hears.ShouldBeTrue();

    [Fact]
    public void Decide_AbortedWithBothSwitches_IsHeardOnce() =>
        SlackMatching.Decide(AllButNotify, Record("scan.aborted")).ShouldBe(SlackHearing.By("slackCompleteAborted"));

    [Fact]
    public void Decide_SwitchedOff_HearsNothing()
    {
        foreach (var type in EveryType)
        {
            SlackMatching.Decide(AllButNotify with { SlackNotify = true, IsOn = false }, Record(type, "schedule"))
                .ShouldBe(SlackHearing.Not);
        }
    }

    [Theory]
    [InlineData("Informative", true, false, false, false)]
    [InlineData("Low", true, true, false, false)]
    [InlineData("Medium", true, true, true, false)]
    [InlineData("High", true, true, true, true)]
    [InlineData(null, true, true, true, true)]
    [InlineData("high", true, true, true, true)]
    public void Decide_FinishedScan_PassesFromTheThresholdUpwards(string? average, bool informative, bool low, bool medium, bool high)
    {
        foreach (var (floor, heard) in new[] { (SlackAvgThreat.Informative, informative), (SlackAvgThreat.Low, low),
            (SlackAvgThreat.Medium, medium), (SlackAvgThreat.High, high) })
        {
            SlackMatching.Decide(new SlackSwitches { SlackCompleteAborted = true, SlackAvgThreat = floor },
                Record("scan.completed", avgThreat: average)).Hears.ShouldBe(heard);
            SlackMatching.Decide(new SlackSwitches { SlackCompleteAborted = true, SlackAvgThreat = floor },
                Record("scan.aborted", avgThreat: average)).Hears.ShouldBe(heard);
            SlackMatching.Decide(new SlackSwitches { SlackAborted = true, SlackAvgThreat = floor },
                Record("scan.aborted", avgThreat: average)).Hears.ShouldBe(heard);
        }
    }

    [Theory]
    [InlineData("scan.started", "schedule")]
    [InlineData("scan.started", "queue")]
    [InlineData("scan.stopped", null)]
    [InlineData("scan.deleted", null)]
    [InlineData("scan.paused", null)]
    [InlineData("scan.resumed", null)]
    public void Decide_OtherScanEvents_AreNeverFilteredByThreshold(string type, string? trigger) =>
        SlackMatching.Decide(AllButNotify with { SlackAvgThreat = SlackAvgThreat.High }, Record(type, trigger, "Low")).Hears.ShouldBeTrue();

    [Fact]
    public void Explain_EveryCase_AgreesWithTheDecisionAndSpeaksBothLanguages()
    {
        SlackSwitches[] settings =
        [
            .. Single.Values,
            .. Single.Values.Select(switches => switches with { SlackAvgThreat = SlackAvgThreat.Medium }),
            .. Single.Values.Select(switches => switches with { IsOn = false }),
            AllButNotify,
            AllButNotify with { SlackAvgThreat = SlackAvgThreat.High },
            new SlackSwitches { SlackNotify = true },
        ];

        foreach (var language in SlackTexts.Languages)
        {
            foreach (var switches in settings)
            {
                foreach (var record in EveryType.SelectMany(type =>
                    new[] { Record(type), Record(type, "schedule", "Low"), Record(type, "queue", "High"), Record(type, "manual", "odd") }))
                {
                    var conditions = SlackTexts.In(language, () => SlackMatching.Explain(switches, record, SlackTexts.Localizer));

                    conditions.ShouldNotBeEmpty();
                    conditions.All(condition => condition.Passed).ShouldBe(SlackMatching.Decide(switches, record).Hears);
                    conditions.ShouldAllBe(condition => condition.Text.EndsWith(language == "en" ? '.' : '。')
                        && !condition.Text.Contains('{') && !condition.Text.StartsWith("Condition"));
                }
            }
        }
    }

    [Theory]
    [InlineData("en", "The switch for finished scans is on (slackCompleteAborted).",
        "The average severity Low is below the threshold Medium (slackAvgThreat).")]
    [InlineData("zh-CN", "“已结束的扫描”的开关已打开（slackCompleteAborted）。", "平均级别低危低于阈值中危（slackAvgThreat）。")]
    public void Explain_BelowTheThreshold_SaysWhichConditionFailed(string language, string first, string second)
    {
        var switches = new SlackSwitches { SlackCompleteAborted = true, SlackAvgThreat = SlackAvgThreat.Medium };

        var conditions = SlackTexts.In(language,
            () => SlackMatching.Explain(switches, Record("scan.completed", avgThreat: "Low"), SlackTexts.Localizer));

        conditions.ShouldBe([new ExplainedCondition(first, true), new ExplainedCondition(second, false)]);
    }

    [Fact]
    public void Explain_SecurityAlertWithoutSlackNotify_SaysWhatIsNeeded() =>
        SlackMatching.Explain(AllButNotify, Record("sas-event-suspicious"), SlackTexts.Localizer)
            .ShouldBe([new ExplainedCondition("Events of the type sas-event-suspicious are sent only with slackNotify, which is off.",
                false)]);
}
