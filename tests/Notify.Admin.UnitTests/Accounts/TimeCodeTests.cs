using Notify.Admin.Accounts;

namespace Notify.Admin.UnitTests.Accounts;

public class TimeCodeTests
{
    // The key of RFC 6238's appendix B, "12345678901234567890", in base 32.
    private const string Key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void At_MomentsOfTheRfc_GivesItsCodes(long seconds, string code) =>
        TimeCode.At(Key, TimeCode.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))).ShouldBe(code);

    [Theory]
    [InlineData(-61, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(61, false)]
    public void StepOf_ClockOff_AcceptsOneStep(int off, bool accepted)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111110);

        (TimeCode.StepOf(Key, TimeCode.At(Key, TimeCode.StepAt(now.AddSeconds(off))), now) is not null).ShouldBe(accepted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870822")]
    [InlineData("28708a")]
    [InlineData("２８７０８２")]
    public void StepOf_NotSixDigits_IsNoCode(string code) =>
        TimeCode.StepOf(Key, code, DateTimeOffset.FromUnixTimeSeconds(59)).ShouldBeNull();

    [Fact]
    public void StepOf_WithSpaces_IsTheSameCode() => TimeCode.StepOf(Key, " 287 082 ", DateTimeOffset.FromUnixTimeSeconds(59)).ShouldBe(1);

    [Fact]
    public void NewKey_Has160Bits() => TimeCode.NewKey().Length.ShouldBe(32);

    [Fact]
    public void Address_Email_IsEscaped() =>
        TimeCode.Address(Key, "ada+x@example.test")
            .ShouldBe($"otpauth://totp/Notify.Admin%3Aada%2Bx%40example.test?secret={Key}&issuer=Notify.Admin&digits=6");

    [Fact]
    public void RecoveryCodes_AreTenAndReadHoweverTheyAreTyped()
    {
        var codes = TwoFactorCodes.NewRecoveryCodes();

        codes.Distinct().Count().ShouldBe(10);
        codes.ShouldAllBe(code => code.Length == 19);
        TwoFactorCodes.HashOf(codes[0].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal))
            .ShouldBe(TwoFactorCodes.HashOf(codes[0]));
    }
}
