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
    [InlineData("/ /evil.example", "/")]
    [InlineData("/中文", "/")]
    [InlineData("/events?q=%E4%B8%AD%E6%96%87", "/events?q=%E4%B8%AD%E6%96%87")]
    [InlineData("/events\r\nSet-Cookie: a=b", "/")]
    public void LocalOnly_AnyAddress_StaysHere(string? returnUrl, string expected) => PreferenceEndpoints.LocalOnly(returnUrl).ShouldBe(expected);
}
