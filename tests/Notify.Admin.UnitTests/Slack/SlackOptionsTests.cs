using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

public class SlackOptionsTests
{
    [Theory]
    [InlineData("https://slack.com/api/", "https://slack.com/api/")]
    [InlineData("https://slack.com/api", "https://slack.com/api/")]
    [InlineData("http://localhost:5090/api", "http://localhost:5090/api/")]
    [InlineData("http://[::1]:5090", "http://[::1]:5090/")]
    public void Validate_AbsoluteHttpAddress_IsAcceptedWithOrWithoutSlash(string apiUrl, string expected)
    {
        var options = new SlackOptions { ApiUrl = apiUrl };

        new SlackOptionsValidator().Validate(null, options).Succeeded.ShouldBeTrue();
        options.BaseAddress.AbsoluteUri.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("slack.com/api")]
    [InlineData("/api/")]
    [InlineData("ftp://slack.com/api/")]
    [InlineData("file:///api/")]
    public void Validate_NotAnHttpAddress_NamesKeyValueAndMend(string apiUrl)
    {
        var result = new SlackOptionsValidator().Validate(null, new SlackOptions { ApiUrl = apiUrl });

        result.Failures!.ShouldHaveSingleItem().ShouldBe(
            $"Slack:ApiUrl is '{apiUrl}': give an absolute http or https address such as https://slack.com/api/.");
    }

    [Fact]
    public void Validate_AddressWithPassword_IsRefusedWithoutShowingIt()
    {
        var result = new SlackOptionsValidator().Validate(null, new SlackOptions { ApiUrl = "https://me:canary@slack.com/api/" });

        result.FailureMessage.ShouldNotBeNull().ShouldContain("Slack:ApiUrl");
        result.FailureMessage.ShouldNotBeNull().ShouldNotContain("canary");
    }

    [Fact]
    public void Validate_AddressWithQuery_IsRefused() =>
        new SlackOptionsValidator().Validate(null, new SlackOptions { ApiUrl = "https://slack.com/api/?token=canary" })
            .FailureMessage.ShouldNotBeNull().ShouldNotContain("canary");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(121)]
    public void Validate_TimeoutOutOfRange_IsRefused(int seconds) =>
        new SlackOptionsValidator().Validate(null, new SlackOptions { Timeout = TimeSpan.FromSeconds(seconds) })
            .FailureMessage.ShouldNotBeNull().ShouldContain("Slack:Timeout");

    [Fact]
    public void Validate_Defaults_AreAccepted() => new SlackOptionsValidator().Validate(null, new SlackOptions()).Succeeded.ShouldBeTrue();
}
