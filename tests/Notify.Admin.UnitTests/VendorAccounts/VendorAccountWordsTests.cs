using System.Globalization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Notify.Admin.VendorAccounts;

namespace Notify.Admin.UnitTests.VendorAccounts;

public class VendorAccountWordsTests
{
    private static readonly StringLocalizer<VendorAccountText> Texts = new(
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));

    [Theory]
    [InlineData("en", "Publish.Title", VendorKind.Kayran, "Published at Kayran")]
    [InlineData("zh-CN", "Publish.Title", VendorKind.Kayran, "发布到 Kayran")]
    [InlineData("zh-CN", "Publish.Title", VendorKind.SecurityCenter, "发布到安全中心")]
    [InlineData("zh-CN", "Publish.Drift", VendorKind.Kayran, "发布之后在 Kayran 被修改")]
    [InlineData("zh-CN", "Publish.Unlink.Text", VendorKind.Kayran, "Kayran 中已发布的内容会保留，但不再比较。")]
    public void Of_TextThatNamesTheVendor_HasSpacesAroundALatinNameInChinese(string culture, string key, VendorKind vendor, string expected)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);

        VendorAccountWords.Of(Texts, key, vendor).ShouldBe(expected);
    }
}
