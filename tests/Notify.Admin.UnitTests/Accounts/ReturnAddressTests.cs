using Notify.Admin.Accounts;

namespace Notify.Admin.UnitTests.Accounts;

public class ReturnAddressTests
{
    [Theory]
    [InlineData("/people")]
    [InlineData("/deliveries?state=failed&page=2")]
    [InlineData("/events?q=%E4%B8%AD%E6%96%87")]
    public void Of_PageOfOurs_IsKept(string wanted) => ReturnAddress.Of(wanted).ShouldBe(wanted);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("people")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\/evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/people\r\nSet-Cookie: a=b")]
    [InlineData("/\t/evil.example")]
    [InlineData("/ /evil.example")]
    [InlineData("/中文")]
    [InlineData("~/people")]
    [InlineData("/Account/Login?ReturnUrl=%2F")]
    [InlineData("/account/logout")]
    [InlineData("/setup")]
    public void Of_AnythingElse_IsTheFirstPage(string? wanted) => ReturnAddress.Of(wanted).ShouldBe("/");
}
