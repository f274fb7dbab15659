using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Notify.Admin.FunctionAccess;

namespace Notify.Admin.UnitTests.FunctionAccess;

public sealed class AccessErrorsTests
{
    private static readonly IStringLocalizer<AccessText> Texts =
        new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider().GetRequiredService<IStringLocalizer<AccessText>>();

    public static TheoryData<string> Codes => [.. AccessErrors.Known];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Explain_KnownCode_HasItsOwnSentenceAndNextStep(string code)
    {
        foreach (var culture in new[] { "en", "zh-CN" })
        {
            CultureInfo.CurrentUICulture = new CultureInfo(culture);

            var explanation = AccessErrors.Explain(Texts, code, null);

            explanation.Meaning.ShouldNotStartWith("Error.");
            explanation.Mend.ShouldNotStartWith("Error.");
        }
    }

    [Theory]
    [InlineData("invalid_distribution_type", "invalid_permission_type")]
    [InlineData("distribution_type_required", "permission_type_required")]
    [InlineData("rate_limited", "ratelimited")]
    public void Normalize_OtherSpelling_IsTheDocumented(string code, string documented) =>
        AccessErrors.Normalize(code).ShouldBe(documented);

    [Theory]
    [InlineData("brand_new_code")]
    [InlineData("http_503")]
    public void Explain_OtherCode_NamesIt(string code) => AccessErrors.Explain(Texts, code, null).Meaning.ShouldContain(code);
}
