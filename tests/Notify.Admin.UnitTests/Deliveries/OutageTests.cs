using Notify.Admin.Channels;
using Notify.Admin.Deliveries;

namespace Notify.Admin.UnitTests.Deliveries;

public sealed class OutageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 8, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_OnlyAccepted_IsNone() => Find(null, Accepted(0), Accepted(5)).ShouldBeEmpty();

    [Fact]
    public void Of_FailuresBetweenAccepted_IsOneFromTheFirstFailureToTheNextSuccess()
    {
        var outage = Find(null, Accepted(0), Failed(10, "timeout"), Failed(11, "http_502"), Accepted(20)).ShouldHaveSingleItem();

        outage.ShouldBe(new Outage(Noon.AddMinutes(10), Noon.AddMinutes(20), 2, "http_502", NeededAttention: false));
    }

    [Fact]
    public void Of_OneRetryWithinAMinute_IsNone() =>
        Find(null, Failed(10, "timeout"), new AttemptBrief(Noon.AddMinutes(10).AddSeconds(4), AttemptOutcome.Accepted, "ok"))
            .ShouldBeEmpty();

    [Fact]
    public void Of_OneThatNeedsSomebody_CountsHoweverShort()
    {
        var outage = Find(null, Failed(10, "gone"), new AttemptBrief(Noon.AddMinutes(10).AddSeconds(4), AttemptOutcome.Accepted, "ok"))
            .ShouldHaveSingleItem();

        outage.NeededAttention.ShouldBeTrue();
    }

    [Fact]
    public void Of_AMessageRefusedForItsContent_IsNone() => Find(null, Failed(10, "bad"), Accepted(90)).ShouldBeEmpty();

    [Fact]
    public void Of_UnknownOutcomes_CountAsFailed_AndInFlightDoesNot()
    {
        var outage = Find(null, new AttemptBrief(Noon, AttemptOutcome.Unknown, "timeout"),
            new AttemptBrief(Noon.AddMinutes(1), AttemptOutcome.InFlight, null), Accepted(2)).ShouldHaveSingleItem();

        outage.Attempts.ShouldBe(1);
    }

    [Fact]
    public void Of_StillFailing_HasNoEnd() =>
        Find(Noon.AddMinutes(10), Failed(10, "timeout"), Failed(11, "timeout")).ShouldHaveSingleItem().To.ShouldBeNull();

    [Fact]
    public void Of_MendedAndNothingSentSince_EndsWithItsLastFailure() =>
        Find(null, Failed(10, "gone"), Failed(15, "gone")).ShouldHaveSingleItem().To.ShouldBe(Noon.AddMinutes(15));

    [Fact]
    public void Of_Several_NewestFirst() =>
        Find(null, Failed(10, "a"), Accepted(12), Failed(20, "b"), Accepted(22)).Select(outage => outage.Code).ShouldBe(["b", "a"]);

    private static IReadOnlyList<Outage> Find(DateTimeOffset? failingSince, params AttemptBrief[] attempts) => Outage.Of(
        attempts,
        code => code switch
        {
            "gone" => FailureKind.ChannelPermanent,
            "bad" => FailureKind.MessagePermanent,
            _ => FailureKind.Transient,
        },
        failingSince);

    private static AttemptBrief Accepted(int minute) => new(Noon.AddMinutes(minute), AttemptOutcome.Accepted, "ok");

    private static AttemptBrief Failed(int minute, string code) => new(Noon.AddMinutes(minute), AttemptOutcome.Failed, code);
}
