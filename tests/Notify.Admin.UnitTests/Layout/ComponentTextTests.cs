using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MudBlazor;
using Notify.Admin.Layout;
using Notify.Admin.Shared;

namespace Notify.Admin.UnitTests.Layout;

/// <summary>MudBlazor's own words: every one that it knows has a Chinese text, also after an upgrade.</summary>
public sealed class ComponentTextTests
{
    [Fact]
    public void Words_OfTheLibrary_AllExistInChinese()
    {
        using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        var texts = new ComponentText(services.GetRequiredService<IStringLocalizer<ComponentText>>());

        var missing = Speaking.In(CultureInfo.GetCultureInfo("zh-CN"), () => KeysOfTheLibrary().Where(key => texts[key].ResourceNotFound).ToList());

        missing.ShouldBeEmpty();
        Speaking.In(CultureInfo.GetCultureInfo("zh-CN"), () => texts["MudDialog_Close"].Value).ShouldBe("关闭");
    }

    private static List<string> KeysOfTheLibrary() =>
    [
        .. typeof(MudLocalizer).Assembly.GetType("MudBlazor.Resources.LanguageResource")!
            .GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static).Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!),
    ];
}
