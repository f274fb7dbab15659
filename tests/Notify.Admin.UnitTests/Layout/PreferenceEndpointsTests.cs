using Notify.Admin.Layout;

namespace Notify.Admin.UnitTests.Layout;

public sealed class PreferenceEndpointsTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/events?state=failed", "/events?state=failed")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("events", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/events\r\nSet-Cookie: a=b", "/")]
    public void LocalOnly_AnyAddress_StaysHere(string? returnUrl, string expected) => PreferenceEndpoints.LocalOnly(returnUrl).ShouldBe(expected);
}
