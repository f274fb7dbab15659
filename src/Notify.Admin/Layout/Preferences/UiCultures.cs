using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.Net.Http.Headers;

namespace Notify.Admin.Layout;

/// <summary>The languages of the console.</summary>
internal static class UiCultures
{
    public const string English = "en";

    public const string Chinese = "zh-CN";

    public static readonly IReadOnlyList<string> All = [English, Chinese];

    /// <summary>The supported language for any tag: every kind of Chinese reads zh-CN; null when there is none.</summary>
    public static string? Match(string tag) =>
        tag.Equals("zh", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("zh-", StringComparison.OrdinalIgnoreCase) ? Chinese
        : tag.Equals("en", StringComparison.OrdinalIgnoreCase) || tag.StartsWith("en-", StringComparison.OrdinalIgnoreCase) ? English
        : null;

    /// <summary>Cookie, then the browser's languages in its order, then English.</summary>
    public static void Configure(RequestLocalizationOptions options)
    {
        CultureInfo[] cultures = [.. All.Select(CultureInfo.GetCultureInfo)];
        options.DefaultRequestCulture = new RequestCulture(English);
        options.SupportedCultures = cultures;
        options.SupportedUICultures = cultures;
        options.RequestCultureProviders = [new CookieRequestCultureProvider(), new CustomRequestCultureProvider(FromAcceptLanguage)];
    }

    private static Task<ProviderCultureResult?> FromAcceptLanguage(HttpContext context)
    {
        var culture = context.Request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality is not 0)
            .OrderByDescending(language => language, StringWithQualityHeaderValueComparer.QualityComparer)
            .Select(language => Match(language.Value.ToString()))
            .FirstOrDefault(match => match is not null);
        return Task.FromResult(culture is null ? null : new ProviderCultureResult(culture));
    }
}
