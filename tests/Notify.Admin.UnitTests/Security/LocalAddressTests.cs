using Notify.Admin.Security;

namespace Notify.Admin.UnitTests.Security;

public sealed class LocalAddressTests
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
    public void Of_AnyAddress_StaysHere(string? returnUrl, string expected) => LocalAddress.Of(returnUrl).ShouldBe(expected);
}
