using Notify.Admin.Api;

namespace Notify.Admin.UnitTests.Api;

public class ApiOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreAccepted() => new ApiOptionsValidator().Validate(null, new ApiOptions()).Succeeded.ShouldBeTrue();

    [Fact]
    public void Validate_OutOfRange_NamesEveryKeyValueAndMend() =>
        new ApiOptionsValidator().Validate(null, new ApiOptions { RequestsPerSecondPerKey = 0,
            FailuresPerMinutePerAddress = 10_001 }).Failures.ShouldBe(
        [
            "Api:RequestsPerSecondPerKey is '0': give a whole number from 1 to 100000.",
            "Api:FailuresPerMinutePerAddress is '10001': give a whole number from 1 to 10000.",
        ]);
}
