using Microsoft.Extensions.Logging.Abstractions;
using Notify.Admin.Background;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.Deliveries;

public sealed class KnownHoldsTests : IDisposable
{
    private static readonly ChannelKey Channel = new(ChannelKind.Slack, 1);
    private static readonly SeverityRange Lesser = SeverityRange.LessThanCritical;
    private static readonly SeverityRange Severest = SeverityRange.CriticalOrNotStated;

    private readonly ManualTime _time = new();
    private readonly ChangeFeed _feed;
    private readonly KnownHolds _holds;

    public KnownHoldsTests()
    {
        _feed = new ChangeFeed(null!, new WorkRegister(_time), _time, NullLogger<ChangeFeed>.Instance);
        _holds = new KnownHolds(_feed, _time);
    }

    [Fact]
    public void Find_OfASeverityThatIsHeld_TellsTheHold()
    {
        var hold = Put(HoldReason.QuietHours, Lesser);

        _holds.Find(Channel, Severity.High).ShouldBe(hold);
        _holds.Find(Channel, Severity.Critical).ShouldBeNull();
        _holds.Find(Channel, Severity.NotStated).ShouldBeNull();
        _holds.Find(Channel with { Id = 2 }, Severity.High).ShouldBeNull();
    }

    [Fact]
    public void Find_AfterItsEnd_TellsNothing()
    {
        Put(HoldReason.Interval, SeverityRange.All);

        _time.Advance(TimeSpan.FromMinutes(2));

        _holds.Find(Channel, Severity.High).ShouldBeNull();
    }

    [Fact]
    public void Find_FromWhenAnotherMayHoldTheLane_TellsNothing()
    {
        var hold = new Hold(HoldReason.QuietHours, _time.GetUtcNow().AddMinutes(4), SeverityRange.All);
        _holds.Set(Channel, hold, _holds.Generation, _time.GetUtcNow().AddMinutes(1));
        _holds.Find(Channel, Severity.High).ShouldBe(hold);

        _time.Advance(TimeSpan.FromMinutes(1));

        _holds.Find(Channel, Severity.High).ShouldBeNull();
        _holds.Contains(Channel, hold).ShouldBeTrue("what it held before stays held");
    }

    [Fact]
    public void Find_OfWhatWasSeenLongAgo_TellsNothing()
    {
        Put(HoldReason.NeedsAttention, SeverityRange.All, DateTimeOffset.MaxValue);

        _time.Advance(TimeSpan.FromMinutes(6));

        _holds.Find(Channel, Severity.High).ShouldBeNull();
    }

    [Fact]
    public void Set_ForOtherSeverities_KeepsWhatIsKnown()
    {
        var quiet = Put(HoldReason.QuietHours, Lesser);
        var paced = Put(HoldReason.Pacing, Severest);

        _holds.Find(Channel, Severity.Low).ShouldBe(quiet);
        _holds.Find(Channel, Severity.Critical).ShouldBe(paced);
        _holds.Contains(Channel, quiet).ShouldBeTrue();
        _holds.Contains(Channel, quiet with { Reason = HoldReason.Interval }).ShouldBeFalse();
    }

    [Fact]
    public void Clear_OpensTheseSeveritiesOnly()
    {
        var quiet = Put(HoldReason.QuietHours, Lesser);
        Put(HoldReason.Pacing, Severest);

        _holds.Clear(Channel, Severest);

        _holds.Find(Channel, Severity.Critical).ShouldBeNull();
        _holds.Find(Channel, Severity.Low).ShouldBe(quiet);
    }

    [Fact]
    public async Task ChannelsChanged_ForgetsEverything()
    {
        Put(HoldReason.NeedsAttention, SeverityRange.All, DateTimeOffset.MaxValue);

        _feed.Announce(ChangeAreas.Channels);

        await Eventually.HoldsAsync(() => Task.FromResult(_holds.Find(Channel, Severity.High) is null), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Set_ByALookThatBeganBeforeAChange_IsNotKnown()
    {
        var generation = _holds.Generation;
        _feed.Announce(ChangeAreas.Pauses);
        await Eventually.HoldsAsync(() => Task.FromResult(_holds.Generation > generation), TimeSpan.FromSeconds(30));

        _holds.Set(Channel, new Hold(HoldReason.Interval, _time.GetUtcNow().AddHours(1), SeverityRange.All), generation);

        _holds.Find(Channel, Severity.High).ShouldBeNull();
    }

    public void Dispose()
    {
        _holds.Dispose();
        _feed.Dispose();
    }

    private Hold Put(HoldReason reason, SeverityRange severities, DateTimeOffset? until = null)
    {
        var hold = new Hold(reason, until ?? _time.GetUtcNow().AddMinutes(1), severities);
        _holds.Set(Channel, hold, _holds.Generation);
        return hold;
    }
}
