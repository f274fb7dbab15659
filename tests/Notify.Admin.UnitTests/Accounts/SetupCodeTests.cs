using Notify.Admin.Accounts;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.Accounts;

public class SetupCodeTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Check_CodeAsTyped_IsRight()
    {
        var code = new SetupCode(_time);

        code.Check(code.Current!, "a").ShouldBe(SetupCodeVerdict.Right);
        code.Check(code.Current!.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal), "a").ShouldBe(SetupCodeVerdict.Right);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA-AAAA-AAAA")]
    public void Check_AnythingElse_IsWrong(string given) => new SetupCode(_time).Check(given, "a").ShouldBe(SetupCodeVerdict.Wrong);

    [Fact]
    public void Check_TooManyWrong_ThrottlesThatAddressForAWhile()
    {
        var code = new SetupCode(_time);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            code.Check("wrong", "a").ShouldBe(SetupCodeVerdict.Wrong);
        }

        code.Check(code.Current!, "a").ShouldBe(SetupCodeVerdict.Throttled);
        code.Check(code.Current!, "b").ShouldBe(SetupCodeVerdict.Right);
        _time.Advance(TimeSpan.FromSeconds(6));
        code.Check(code.Current!, "a").ShouldBe(SetupCodeVerdict.Right);
    }

    [Fact]
    public void Check_AfterRetire_NothingIsRight()
    {
        var code = new SetupCode(_time);
        var text = code.Current!;

        code.Retire();

        code.Current.ShouldBeNull();
        code.Check(text, "a").ShouldBe(SetupCodeVerdict.Wrong);
        code.Check("", "a").ShouldBe(SetupCodeVerdict.Wrong);
    }

    [Fact]
    public void Current_EachStart_IsAnother() => new SetupCode(_time).Current.ShouldNotBe(new SetupCode(_time).Current);
}
