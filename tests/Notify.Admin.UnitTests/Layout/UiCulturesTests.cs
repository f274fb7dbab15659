using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Notify.Admin.Layout;

namespace Notify.Admin.UnitTests.Layout;

public sealed class UiCulturesTests
{
    [Theory]
    [InlineData("zh-CN", "zh-CN")]
    [InlineData("zh", "zh-CN")]
    [InlineData("zh-TW,en;q=0.5", "zh-CN")]
    [InlineData("zh-Hans-CN", "zh-CN")]
    [InlineData("en-GB", "en")]
    [InlineData("de,zh;q=0.8,en;q=0.9", "en")]
    [InlineData("en;q=0,zh", "zh-CN")]
    [InlineData("zho", null)]
    [InlineData("de", null)]
    [InlineData("", null)]
    [InlineData(";;;,,", null)]
    public async Task AcceptLanguage_AnyHeader_IsOneOfOursOrNone(string header, string? expected)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.AcceptLanguage = header;

        (await DetermineAsync(context)).ShouldBe(expected);
    }

    [Fact]
    public async Task Cookie_AgainstTheHeader_Wins()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.AcceptLanguage = "en";
        context.Request.Headers.Cookie = $"{CookieRequestCultureProvider.DefaultCookieName}={Uri.EscapeDataString("c=zh-CN|uic=zh-CN")}";

        (await DetermineAsync(context)).ShouldBe("zh-CN");
    }

    private static async Task<string?> DetermineAsync(HttpContext context)
    {
        var options = new RequestLocalizationOptions();
        UiCultures.Configure(options);
        foreach (var provider in options.RequestCultureProviders)
        {
            if (await provider.DetermineProviderCultureResult(context) is { } result)
            {
                return result.UICultures[0].Value;
            }
        }

        return null;
    }
}
