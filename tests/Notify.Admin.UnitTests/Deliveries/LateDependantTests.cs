using Notify.Admin.Channels;
using Notify.Admin.Deliveries;

namespace Notify.Admin.UnitTests.Deliveries;

/// <summary>Which deliveries may still be withheld for a problem that has opened since they came.</summary>
public sealed class LateDependantTests
{
    [Fact]
    public void Waiting_AreThoseOfWhichNobodyWasToldYet()
    {
        var waiting = Candidate(1);
        var refusedAlone = Candidate(2, delivery => (delivery.State, delivery.MessageId) = (DeliveryState.Retrying, 20));
        var maybeTold = Candidate(3, delivery =>
            (delivery.State, delivery.MessageId, delivery.MayBeDuplicate) = (DeliveryState.Retrying, 30, true));
        var asked = Candidate(4, delivery => delivery.RequestedBy = "ann");
        Candidate[] begunTogether = [Candidate(5, delivery => delivery.MessageId = 50), Candidate(6, delivery => delivery.MessageId = 50)];
        var problem = Candidate(7) with { Event = Event() with { HoldsBack = "Hosts" } };

        LateDependant.Waiting([waiting, refusedAlone, maybeTold, asked, .. begunTogether, problem])
            .Select(candidate => candidate.Delivery.Id).ShouldBe([1L, 2L]);
    }

    private static Candidate Candidate(long id, Action<Delivery>? shape = null)
    {
        var delivery = new Delivery { Id = id, MatchReason = "slackNotify" };
        shape?.Invoke(delivery);
        return new Candidate(delivery, Event());
    }

    private static EventRecord Event() =>
        new(0, "e", "monitoring", "tool.service", DateTimeOffset.UnixEpoch, Severity.High, new EventFields());
}
