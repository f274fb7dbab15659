using Notify.Admin.Channels;
using Notify.Admin.Deliveries;

namespace Notify.Admin.UnitTests.Deliveries;

/// <summary>Which message follows which: the table of the room's README.</summary>
public sealed class FollowUpRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Decide_WhereEveryEventIsAMessage_FollowsNothing() =>
        FollowUpRules.Decide(FollowUp.NewMessage, Next(), Told(), Now).ShouldBe(Following.Nothing);

    [Fact]
    public void Decide_OfAnEventThatStandsAlone_FollowsNothing() =>
        FollowUpRules.Decide(FollowUp.Update, Next(problem: null), null, Now).ShouldBe(Following.Nothing);

    [Fact]
    public void Decide_OfWhatSomebodyAskedToBeSentAgain_FollowsNothing() =>
        FollowUpRules.Decide(FollowUp.Update, Next(askedBy: "ann"), Told(), Now).ShouldBe(Following.Nothing);

    [Fact]
    public void Decide_OfAProblemThatWasNeverTold_IsTheFirst()
    {
        var next = Next();
        FollowUpRules.Decide(FollowUp.Reply, next, null, Now).ShouldBe(Following.First(EventProblem.KeyOf(next.Event)!));
    }

    [Theory]
    [InlineData(FollowUp.Update)]
    [InlineData(FollowUp.Reply)]
    public void Decide_OfAProblemThatWasTold_Follows(FollowUp wanted)
    {
        var (next, told) = (Next(state: EventState.Resolved), Told());
        FollowUpRules.Decide(wanted, next, told, Now).ShouldBe(new Following(EventProblem.KeyOf(next.Event), told));
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void Decide_OfAnOldMessage_FollowsUpToThirtyDays(int days, bool follows) =>
        Follows(FollowUp.Update, Next(), Told(at: Now.AddDays(-days))).ShouldBe(follows);

    [Fact]
    public void Decide_OfWhatWasOvertaken_FollowsNothing() =>
        FollowUpRules.Decide(FollowUp.Update, Next(id: 4), Told(id: 5), Now).ShouldBe(Following.Nothing);

    [Theory]
    [InlineData(FollowUp.Update)]
    [InlineData(FollowUp.Reply)]
    public void Decide_OfAProblemThatOpensAgain_BeginsAnew(FollowUp wanted) =>
        FollowUpRules.Decide(wanted, Next(), Told(state: EventState.Resolved), Now).Told.ShouldBeNull();

    [Theory]
    [InlineData(FollowUp.Update, Severity.Medium, Severity.High, EventState.Open, false)]
    [InlineData(FollowUp.Reply, Severity.Medium, Severity.High, EventState.Open, true)]
    [InlineData(FollowUp.Update, Severity.High, Severity.Medium, EventState.Open, true)]
    [InlineData(FollowUp.Update, Severity.High, Severity.High, EventState.Open, true)]
    [InlineData(FollowUp.Update, Severity.NotStated, Severity.High, EventState.Open, true)]
    [InlineData(FollowUp.Update, Severity.Medium, Severity.High, EventState.Resolved, true)]
    public void Decide_OfWhatGetsWorse_IsANewMessageWhereNobodyWouldBeNotified(
        FollowUp wanted, Severity before, Severity now, EventState state, bool follows) =>
        Follows(wanted, Next(severity: now, state: state), Told(severity: before)).ShouldBe(follows);

    private static bool Follows(FollowUp wanted, Candidate next, ToldProblem told) =>
        FollowUpRules.Decide(wanted, next, told, Now).Told == told;

    private static ToldProblem Told(
        long id = 1, DateTimeOffset? at = null, EventState state = EventState.Open, Severity severity = Severity.Medium) =>
        new(7, new EarlierMessage("D-1", "1.2", "C1", Now.AddMinutes(-42)), at ?? Now.AddMinutes(-42), new ToldEvent(id, state, severity));

    private static Candidate Next(long id = 2, string? problem = "disk", EventState state = EventState.Open,
        Severity severity = Severity.Medium, string? askedBy = null) =>
        new(new Delivery { Id = id, MatchReason = "slackNotify", RequestedBy = askedBy },
            new EventRecord(id, $"e{id}", "tests", "alertmanager.alert", Now, severity,
                new EventFields { Problem = problem, State = state }));
}
