using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.Deliveries;

/// <summary>Which open deliveries go next, and in which messages.</summary>
public sealed class DeliveryPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly PretendChannel Channel = new(ChannelKind.Slack);
    private static readonly TestDestination Destination = new()
    {
        Key = new ChannelKey(ChannelKind.Slack, 1), Name = "Alerts", Fingerprint = "f",
        Pacing = new PacingLimit(5, TimeSpan.FromSeconds(5)),
    };

    [Theory]
    [InlineData(0, 9, 0, HoldReason.None, 0, false)]
    [InlineData(1, 9, 60, HoldReason.None, 0, false)]
    [InlineData(2, 9, 0, HoldReason.None, 0, false)]
    [InlineData(2, 2, 0, HoldReason.None, 0, false)]
    [InlineData(2, 1, 0, HoldReason.None, 0, true)]
    [InlineData(2, 9, 60, HoldReason.None, 0, true)]
    [InlineData(3, 9, 0, HoldReason.Pacing, 1, false)]
    [InlineData(3, 9, 0, HoldReason.Pacing, 2, true)]
    [InlineData(3, 9, 0, HoldReason.Interval, 2, true)]
    [InlineData(3, 9, 0, HoldReason.QuietHours, 2, true)]
    [InlineData(3, 9, 0, HoldReason.NeedsAttention, 3, false)]
    public void IsDigest_WhereSeveralCannotEachHaveAMessage(int count, int free, int interval, HoldReason reason, int held, bool expected)
    {
        var candidates = Enumerable.Range(1, count)
            .Select(id => id <= held ? Waiting(id, with: d => (d.State, d.HoldReason) = (DeliveryState.Held, reason)) : Waiting(id))
            .ToList();

        DeliveryPlan.IsDigest(candidates, Destination with { Interval = TimeSpan.FromSeconds(interval) }, free).ShouldBe(expected);
    }

    [Fact]
    public void IsDigest_OfARepeatOrAPart_IsNot()
    {
        DeliveryPlan.IsDigest([Repeat(1, 50), Repeat(2, 50)], Destination, 1).ShouldBeFalse();
        DeliveryPlan.IsDigest([Refused(1, 50, 2), Refused(2, 50, 2)], Destination, 1).ShouldBeFalse();
    }

    [Fact]
    public void Foremost_WithoutAMessageThatFailed_IsEverything() =>
        Ids(DeliveryPlan.Foremost([Waiting(3, Severity.Critical), Waiting(1), Waiting(2)])).ShouldBe([3, 1, 2]);

    [Fact]
    public void Foremost_IsTheMessageThatFailedWithTheEventsItHad() =>
        Ids(DeliveryPlan.Foremost(
            [Waiting(9, Severity.Critical), Repeat(1, 50), Repeat(2, 51), Repeat(3, 50), Refused(4, 50, 1), Waiting(5)])).ShouldBe([1, 3]);

    [Fact]
    public void Foremost_OfARefusedMessage_IsNoMoreThanMayGoTogether() =>
        Ids(DeliveryPlan.Foremost([Refused(1, 50, 2), Refused(2, 51, 1), Refused(3, 50, 2), Refused(4, 50, 2), Waiting(5)]))
            .ShouldBe([1, 3]);

    [Fact]
    public void Foremost_WithSomethingMoreSevereThanARefusedMessage_IsThat()
    {
        Candidate[] graver = [Waiting(7, Severity.Critical), Waiting(8, Severity.High)];

        Ids(DeliveryPlan.Foremost([.. graver, Refused(1, 50, 1, Severity.Medium), Waiting(2, Severity.Low)])).ShouldBe([7, 8]);
        Ids(DeliveryPlan.Foremost([Refused(1, 50, 1, Severity.High), Waiting(2, Severity.High)])).ShouldBe([1]);
    }

    [Fact]
    public void Foremost_HeldMeanwhile_IsStillAPart() =>
        Ids(DeliveryPlan.Foremost([Refused(1, 50, 1, with: d => d.State = DeliveryState.Held), Waiting(2)])).ShouldBe([1]);

    [Fact]
    public void Single_IsAMessageForEachUpToTheMost()
    {
        var plan = Single(DeliveryPlan.Next([Waiting(1), Waiting(2), Waiting(3)], FollowUp.NewMessage, 2));

        plan.Select(o => o.Deliveries.Single().Id).ShouldBe([1, 2]);
        plan.ShouldAllBe(o => o.Purpose == MessagePurpose.Event && o.MessageId == null && o.Refused == null && o.Part == new PartOf(1, 1));
        plan[0].ShortId.ShouldBe(ShortIds.OfDelivery(1));
    }

    [Fact]
    public void Single_OfARepeat_IsTheSameMessage()
    {
        var one = Single([Repeat(1, 50)]).Single();
        (one.Purpose, one.MessageId, one.ShortId).ShouldBe((MessagePurpose.Event, 50, ShortIds.OfDelivery(1)));

        var several = Single([Repeat(1, 50), Repeat(2, 50)]).Single();
        (several.Purpose, several.MessageId, several.Deliveries.Count, several.Refused).ShouldBe((MessagePurpose.Digest, 50, 2, null));
    }

    [Fact]
    public void Single_OfAPart_IsAMessageOfItsOwn()
    {
        var one = Single([Refused(1, 50, 1)]).Single();
        (one.Purpose, one.MessageId, one.Refused).ShouldBe((MessagePurpose.Event, null, new RefusedMessage(50, 1)));

        var several = Single([Refused(1, 50, 3), Refused(2, 50, 3)]).Single();
        (several.Purpose, several.MessageId, several.Deliveries.Count).ShouldBe((MessagePurpose.Digest, null, 2));
        several.ShortId.ShouldStartWith("G-");
    }

    [Fact]
    public void Next_OfOneProblem_IsTheOldestAlone_HoweverSevereAnotherIs() =>
        Ids(DeliveryPlan.Next([Scan(4, "a", Severity.Critical), Waiting(5, Severity.High), Scan(2, "a"), Scan(3, "b"), Scan(6, "b")],
            FollowUp.Update, 9)).ShouldBe([2, 5, 3]);

    [Fact]
    public void Next_WhereEachIsAMessageOfItsOwn_KeepsToSeverity() =>
        Ids(DeliveryPlan.Next([Scan(4, "a", Severity.Critical), Scan(2, "a")], FollowUp.NewMessage, 9)).ShouldBe([4, 2]);

    [Fact]
    public void Single_OfAProblemThatWasTold_FollowsItsFirstMessage()
    {
        var told = new ToldProblem(7, new EarlierMessage("D-1", "1.2", "C1", Now), Now, new ToldEvent(1, EventState.Open, Severity.Low));
        var candidate = Scan(2, "a");
        var problem = EventProblem.KeyOf(candidate.Event)!;

        var plan = DeliveryPlan.Single(Channel, Destination with { FollowUp = FollowUp.Reply }, [candidate],
            new Dictionary<string, ToldProblem> { [problem] = told }, [], Now).Single();

        plan.Following.ShouldBe(new Following(problem, told));
    }

    [Fact]
    public void Digest_NamesEachOnceInTheOrderGiven()
    {
        var digest = DeliveryPlan.Digest(Channel, Destination, [Waiting(3, Severity.Critical), Waiting(1), Waiting(2)], Now).Single();

        digest.Deliveries.Select(d => d.Id).ShouldBe([3, 1, 2]);
        (digest.Purpose, digest.MessageId, digest.Part).ShouldBe((MessagePurpose.Digest, null, new PartOf(1, 1)));
    }

    private static IReadOnlyList<Outgoing> Single(IReadOnlyList<Candidate> next) =>
        DeliveryPlan.Single(Channel, Destination, next, new Dictionary<string, ToldProblem>(), [], Now);

    private static Candidate Scan(long id, string scan, Severity severity = Severity.Medium)
    {
        var waiting = Waiting(id, severity);
        return waiting with { Event = waiting.Event with { Fields = new EventFields { ScanId = scan } } };
    }

    private static IEnumerable<long> Ids(IEnumerable<Candidate> candidates) => candidates.Select(c => c.Delivery.Id);

    private static Candidate Repeat(long id, long messageId) =>
        Waiting(id, with: d => (d.State, d.MessageId) = (DeliveryState.Retrying, messageId));

    private static Candidate Refused(
        long id, long messageId, int most, Severity severity = Severity.Medium, Action<Delivery>? with = null) =>
        Waiting(id, severity, d =>
        {
            (d.State, d.MessageId, d.MostTogether) = (DeliveryState.Retrying, messageId, most);
            with?.Invoke(d);
        });

    private static Candidate Waiting(long id, Severity severity = Severity.Medium, Action<Delivery>? with = null)
    {
        var delivery = new Delivery { Id = id, State = DeliveryState.Waiting, MatchReason = "slackNotify", Severity = severity };
        with?.Invoke(delivery);
        return new Candidate(delivery, new EventRecord(id, $"e{id}", "tests", "scan.stopped", Now, severity, new EventFields()));
    }

    private sealed record TestDestination : Destination;
}
