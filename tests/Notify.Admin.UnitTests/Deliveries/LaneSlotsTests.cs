using Notify.Admin.Channels;
using Notify.Admin.Deliveries;

namespace Notify.Admin.UnitTests.Deliveries;

public sealed class LaneSlotsTests : IDisposable
{
    private static readonly LanePool Well = new(ChannelKind.Slack, IsWell: true);
    private static readonly LanePool Others = new(ChannelKind.Slack, IsWell: false);

    private readonly DeliverySignal _signal = new();
    private readonly LaneSlots _slots;

    public LaneSlotsTests() => _slots = new LaneSlots(_signal, TimeProvider.System);

    [Fact]
    public void Free_OfOneVendor_IsNotTakenByAnother()
    {
        var before = _slots.Free(new LanePool(ChannelKind.DingTalk, IsWell: false));
        Take(Lane(ChannelCondition.Failing), _slots.Free(Others));

        _slots.Free(Others).ShouldBe(0);
        _slots.Free(new LanePool(ChannelKind.DingTalk, IsWell: false)).ShouldBe(before);
    }

    [Theory]
    [InlineData(ChannelCondition.Failing, true)]
    [InlineData(ChannelCondition.NeedsAttention, true)]
    [InlineData(ChannelCondition.Ok, false)]
    public void Free_OfThoseThatHaveBeenWell_IsNotTakenByOthers(ChannelCondition condition, bool hasSent)
    {
        var before = _slots.Free(Well);
        Take(Lane(condition, hasSent), _slots.Free(Others));

        (_slots.Free(Others), _slots.Free(Well)).ShouldBe((0, before));
    }

    [Fact]
    public void Dispose_FreesTheSlot()
    {
        var before = _slots.Free(Well);
        var slot = _slots.Take(Lane(ChannelCondition.Ok, hasSent: true));
        _slots.Free(Well).ShouldBe(before - 1);

        slot.Dispose();

        _slots.Free(Well).ShouldBe(before);
    }

    [Fact]
    public async Task Send_ToAVendorThatHangs_LendsTheSlotUntilItAnswers()
    {
        var before = _slots.Free(Others);
        var slot = _slots.Take(Lane(ChannelCondition.Failing));
        var answer = new TaskCompletionSource<SendResult>();
        var sending = slot.SendAsync(DestinationOf("one"), () => answer.Task);
        _slots.Free(Others).ShouldBe(before - 1);

        // Raised when the slot is lent.
        await _signal.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        _slots.Free(Others).ShouldBe(before);

        answer.SetResult(new SendResult { Code = "timeout", Failure = FailureKind.Transient });
        (await sending).Code.ShouldBe("timeout");
        _slots.Free(Others).ShouldBe(before - 1);
    }

    [Fact]
    public async Task IsBusy_WithFourOnTheirWayToOneDestination()
    {
        var answer = new TaskCompletionSource<SendResult>();
        var sending = Enumerable.Range(0, 4)
            .Select(_ => _slots.Take(Lane(ChannelCondition.Ok)).SendAsync(DestinationOf("one"), () => answer.Task)).ToArray();

        _slots.IsBusy(DestinationOf("one")).ShouldBeTrue();
        _slots.IsBusy(DestinationOf("two")).ShouldBeFalse();

        answer.SetResult(new SendResult { Code = "ok" });
        await Task.WhenAll(sending);
        _slots.IsBusy(DestinationOf("one")).ShouldBeFalse();
    }

    public void Dispose() => _signal.Dispose();

    private void Take(ChannelLane lane, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _slots.Take(lane);
        }
    }

    private static ChannelLane Lane(ChannelCondition condition, bool hasSent = false) => new()
    {
        Id = 1, ChannelKind = ChannelKind.Slack, Condition = condition,
        LastSuccessAt = hasSent ? new DateTimeOffset(2026, 8, 21, 12, 0, 0, TimeSpan.Zero) : null,
    };

    private static TestDestination DestinationOf(string fingerprint) =>
        new() { Key = new ChannelKey(ChannelKind.Slack, 1), Name = "Alerts", Fingerprint = fingerprint, Pacing = default };

    private sealed record TestDestination : Destination;
}
