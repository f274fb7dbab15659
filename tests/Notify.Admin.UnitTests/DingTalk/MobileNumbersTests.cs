using Notify.Admin.DingTalk;

namespace Notify.Admin.UnitTests.DingTalk;

public class MobileNumbersTests
{
    [Fact]
    public void TryRead_NumbersAsWritten_AreReadOnce()
    {
        MobileNumbers.TryRead("13800000000， +86-13900000000;13800000000\n+12125550100", out var numbers, out _).ShouldBeTrue();

        numbers.ShouldBe(["13800000000", "+86-13900000000", "+12125550100"]);
    }

    [Theory]
    [InlineData("138", "138")]
    [InlineData("13800000000,ann", "ann")]
    [InlineData("@13800000000", "@13800000000")]
    [InlineData("138-0000-0000", "138-0000-0000")]
    public void TryRead_NotANumber_IsNamed(string text, string expected)
    {
        MobileNumbers.TryRead(text, out var numbers, out var refused).ShouldBeFalse();

        refused.ShouldBe(expected);
        numbers.ShouldBeEmpty();
    }

    [Fact]
    public void TryRead_TooMany_IsRefused() =>
        MobileNumbers.TryRead(string.Join(',', Enumerable.Range(0, 51).Select(number => $"138000000{number:D2}")), out _, out var refused)
            .ShouldBeFalse(refused);

    [Theory]
    [InlineData(null)]
    [InlineData(" , ")]
    public void TryRead_Nothing_IsNobody(string? text)
    {
        MobileNumbers.TryRead(text, out var numbers, out _).ShouldBeTrue();

        numbers.ShouldBeEmpty();
    }
}
