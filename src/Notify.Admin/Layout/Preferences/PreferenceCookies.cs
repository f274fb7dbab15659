using Microsoft.AspNetCore.Localization;

namespace Notify.Admin.Layout;

/// <summary>Writes what a browser remembers about how the console looks.</summary>
internal static class PreferenceCookies
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <param name="culture">One of <see cref="UiCultures.All"/>.</param>
    public static void SetLanguage(HttpContext context, string culture) => Set(
        context, CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
        readByScript: false);

    /// <param name="theme">One of <see cref="DisplayPreferences.Themes"/>.</param>
    public static void SetTheme(HttpContext context, string theme) =>
        Set(context, DisplayPreferences.ThemeCookie, theme, readByScript: true);

    /// <param name="zone">Null: the browser's own.</param>
    public static void SetTimeZone(HttpContext context, string? zone)
    {
        if (zone is not null)
        {
            Set(context, DisplayPreferences.TimeZoneCookie, zone, readByScript: false);
        }
        else if (context.Request.Cookies.ContainsKey(DisplayPreferences.TimeZoneCookie))
        {
            context.Response.Cookies.Delete(DisplayPreferences.TimeZoneCookie, new CookieOptions { Path = PathOf(context) });
        }
    }

    private static void Set(HttpContext context, string name, string value, bool readByScript) =>
        context.Response.Cookies.Append(name, value, new CookieOptions
        {
            MaxAge = Year,
            Path = PathOf(context),
            SameSite = SameSiteMode.Lax,
            HttpOnly = !readByScript,
            Secure = context.Request.IsHttps,
            IsEssential = true,
        });

    private static string PathOf(HttpContext context) => $"{context.Request.PathBase}/";
}
