using Notify.Admin.Api;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.Api;

public sealed class FailureLogTests
{
    private readonly ManualTime _time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void IsDue_SameFailureAgainAndAgain_IsOnceAMinuteWithTheCount()
    {
        var failures = new FailureLog(_time);

        failures.IsDue(Thrown("a"), out var silent).ShouldBeTrue();
        silent.ShouldBe(0);
        for (var i = 0; i < 1000; i++)
        {
            failures.IsDue(Thrown($"what was sent: {i}"), out _).ShouldBeFalse();
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        failures.IsDue(Thrown("b"), out silent).ShouldBeTrue();
        silent.ShouldBe(1000);
    }

    [Fact]
    public void IsDue_AnotherFailure_IsNotHidden()
    {
        var failures = new FailureLog(_time);

        failures.IsDue(Thrown("a"), out _).ShouldBeTrue();
        failures.IsDue(new InvalidOperationException(), out _).ShouldBeTrue();
    }

    private static FormatException Thrown(string message)
    {
        try
        {
            throw new FormatException(message);
        }
        catch (FormatException e)
        {
            return e;
        }
    }
}
