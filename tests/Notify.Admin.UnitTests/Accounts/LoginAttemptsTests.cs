using Notify.Admin.Accounts;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.Accounts;

public class LoginAttemptsTests
{
    private readonly ManualTime _time = new();
    private readonly LoginAttempts _attempts;

    public LoginAttemptsTests() => _attempts = new LoginAttempts(_time);

    [Fact]
    public void IsLocked_FiveFailures_UntilFiveMinutesHavePassed()
    {
        Fail("ada@example.test", 4);
        _attempts.IsLocked("ada@example.test").ShouldBeFalse();
        Fail("ADA@example.test", 1);

        _attempts.IsLocked("ada@example.test").ShouldBeTrue();
        _attempts.IsLocked("bob@example.test").ShouldBeFalse();
        _time.Advance(TimeSpan.FromMinutes(5));
        _attempts.IsLocked("ada@example.test").ShouldBeFalse();
    }

    [Fact]
    public void IsLocked_FailureThatWasUnderWayWhenTheLockFell_DoesNotOpenIt()
    {
        Fail("ada@example.test", LoginAttempts.Allowed + 1);

        _attempts.IsLocked("ada@example.test").ShouldBeTrue();
        _time.Advance(LoginAttempts.LockedFor);
        _attempts.IsLocked("ada@example.test").ShouldBeFalse();
    }

    [Fact]
    public void IsLocked_FailuresFarApart_DoNotAddUp()
    {
        for (var failure = 0; failure < 10; failure++)
        {
            Fail("ada@example.test", 1);
            _time.Advance(TimeSpan.FromMinutes(6));
        }

        _attempts.IsLocked("ada@example.test").ShouldBeFalse();
    }

    [Fact]
    public void Forget_AfterSuccess_StartsFromZero()
    {
        Fail("ada@example.test", 4);

        _attempts.Forget("ada@example.test");

        Fail("ada@example.test", 4);
        _attempts.IsLocked("ada@example.test").ShouldBeFalse();
    }

    [Fact]
    public void Admits_AddressThatFailsForManyNames_HasToWait()
    {
        for (var name = 0; name < 20; name++)
        {
            _attempts.Admits("192.0.2.1").ShouldBeTrue();
            _attempts.CountFailure($"person{name}@example.test", "192.0.2.1");
        }

        _attempts.Admits("192.0.2.1").ShouldBeFalse();
        _attempts.Admits("192.0.2.2").ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(3));
        _attempts.Admits("192.0.2.1").ShouldBeTrue();
    }

    private void Fail(string email, int times)
    {
        for (var failure = 0; failure < times; failure++)
        {
            _attempts.CountFailure(email, "192.0.2.9");
        }
    }
}
