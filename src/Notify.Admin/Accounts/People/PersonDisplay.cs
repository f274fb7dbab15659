using Notify.Admin.Layout;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>How a person wants the console shown in every browser. Null leaves it to the browser.</summary>
/// <param name="Language">One of <c>UiCultures</c>.</param>
/// <param name="TimeZone">One of <c>TimeZones</c>.</param>
/// <param name="Theme">One of <c>DisplayPreferences.Themes</c>.</param>
public sealed record PersonDisplay(string? Language, string? TimeZone, string? Theme)
{
    /// <summary>Whether everything in it can be chosen.</summary>
    public bool IsValid => (Language is null || UiCultures.All.Contains(Language))
        && (TimeZone is null || TimeZones.All.Contains(TimeZone))
        && (Theme is null || DisplayPreferences.Themes.Contains(Theme));

    /// <summary>From a form, in which "as this browser" is empty.</summary>
    public static PersonDisplay FromForm(string? language, string? timeZone, string? theme) =>
        new(Chosen(language), Chosen(timeZone), Chosen(theme));

    internal static PersonDisplay Of(AdminUser user) => new(user.Language, user.TimeZone, user.Theme);

    /// <summary>Has the browser of the current request show the console so.</summary>
    internal void ApplyTo(HttpContext context)
    {
        if (Language is not null)
        {
            PreferenceCookies.SetLanguage(context, Language);
        }

        if (Theme is not null)
        {
            PreferenceCookies.SetTheme(context, Theme);
        }

        // Nothing else in the console sets this one, so what another person of this browser chose has to go.
        PreferenceCookies.SetTimeZone(context, TimeZone);
    }

    private static string? Chosen(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
