using Notify.Admin.Channels;
using Notify.Admin.Deliveries;

namespace Notify.Admin.UnitTests.Deliveries;

/// <summary>What a mute keeps back, and what not.</summary>
public sealed class MutePlanTests
{
    private static readonly DateTimeOffset Start = new(2026, 8, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Disk = EventProblem.KeyOf(Event("disk"))!;

    [Theory]
    [InlineData("disk", 1, EventState.Open, Severity.High, true)]
    [InlineData("disk", 1, EventState.None, Severity.Low, true)]
    [InlineData("disk", -1, EventState.Open, Severity.High, false)]
    [InlineData("disk", 61, EventState.Open, Severity.High, false)]
    [InlineData("disk", 1, EventState.Resolved, Severity.High, false)]
    [InlineData("disk", 1, EventState.Open, Severity.Critical, false)]
    [InlineData("memory", 1, EventState.Open, Severity.High, false)]
    [InlineData(null, 1, EventState.Open, Severity.High, false)]
    public void Of_SkipsWhatComesOfTheProblemMeanwhile(string? problem, int minute, EventState state, Severity severity, bool expected)
    {
        var plan = MutePlan.Of([Mute()], [Candidate(1, minute, Event(problem, state, severity))]);

        plan.Skipped[7].Any().ShouldBe(expected);
        plan.IsNothing.ShouldBe(!expected);
    }

    [Fact]
    public void Of_WhatSomebodySendsAgain_OrWasBegunBefore_SkipsNone()
    {
        var again = Candidate(1, 1, Event("disk"));
        again.Delivery.RequestedBy = "ann";
        var begun = Candidate(2, 1, Event("disk"));
        begun.Delivery.MessageId = 4;

        MutePlan.Of([Mute()], [again, begun]).IsNothing.ShouldBeTrue();
    }

    [Fact]
    public void Of_AnEnd_EndsWhatWaitsForIt_AndWhatComesLaterIsTold()
    {
        Candidate[] candidates =
        [
            Candidate(1, 1, Event("disk")), Candidate(2, 2, Event("disk", EventState.Resolved)), Candidate(3, 3, Event("disk")),
        ];

        var plan = MutePlan.Of([Mute(untilFixed: true)], candidates);

        plan.Skipped[7].Select(delivery => delivery.Id).ShouldBe([1L]);
        plan.Ended.ShouldBe([new(7, Start.AddMinutes(2))]);
        MutePlan.Of([Mute()], candidates).Ended.ShouldBeEmpty();
    }

    [Fact]
    public void Of_NoMutes_IsNothing() => MutePlan.Of([], [Candidate(1, 1, Event("disk"))]).IsNothing.ShouldBeTrue();

    [Fact]
    public void Find_SaysWhatWouldKeepAnEventBackNow()
    {
        MutePlan.Find([Mute()], Event("disk"), Start.AddMinutes(1)).ShouldNotBeNull().Id.ShouldBe(7);
        MutePlan.Find([Mute()], Event("memory"), Start.AddMinutes(1)).ShouldBeNull();
        MutePlan.Find([Mute()], Event("disk", EventState.Resolved), Start.AddMinutes(1)).ShouldBeNull();
        MutePlan.Find([Mute()], Event("disk"), Start.AddHours(1)).ShouldBeNull();
    }

    [Fact]
    public void Tell_OfOneThatHasEnded_OnlyWhereTheMessageSaidSo()
    {
        var (during, after) = (Start.AddMinutes(1), Start.AddHours(2));

        MutePlan.Tell([Mute()], Event("disk"), null, during).ShouldBe(new Muted("ann", Start.AddHours(1), false, false));
        MutePlan.Tell([Mute()], Event("disk"), 40, after).ShouldBe(new Muted("ann", Start.AddHours(1), false, true));
        MutePlan.Tell([Mute()], Event("disk"), 41, after).ShouldBeNull();
        MutePlan.Tell([Mute()], Event("memory"), 40, during).ShouldBeNull();
        MutePlan.Tell([], Event("disk"), 40, during).ShouldBeNull();
    }

    private static ProblemMute Mute(bool untilFixed = false) => new()
    {
        Id = 7, MessageId = 40, ChannelKind = ChannelKind.Slack, ChannelId = 1, Problem = Disk, Title = "Disk", By = "ann",
        StartsAt = Start, EndsAt = Start.AddHours(1), UntilFixed = untilFixed, Severity = Severity.High,
    };

    private static Candidate Candidate(long id, int minute, EventRecord record) =>
        new(new Delivery { Id = id, MatchReason = "slackNotify", CreatedAt = Start.AddMinutes(minute) }, record);

    private static EventRecord Event(string? problem, EventState state = EventState.Open, Severity severity = Severity.High) =>
        new(0, "e", "monitoring", "disk.alert", Start, severity, new EventFields { Problem = problem, State = state });
}
