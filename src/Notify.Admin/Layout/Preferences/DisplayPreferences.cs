using Notify.Admin.Shared;

namespace Notify.Admin.Layout;

/// <summary>What a browser remembers about how the console looks. Plain cookies, readable by the page's script, which changes them in
/// place.</summary>
/// <param name="Theme">One of <see cref="Themes"/>.</param>
/// <param name="Navigation"><c>open</c>, or <c>narrow</c> for icons only.</param>
/// <param name="TimeZone">One of <see cref="TimeZones"/>, in which times are shown; null is the browser's own.</param>
/// <param name="FirstSteps"><c>hidden</c> where the overview's first steps are folded away; null otherwise.</param>
internal sealed record DisplayPreferences(string Theme, string Navigation, string? TimeZone, string? FirstSteps)
{
    public const string ThemeCookie = "notify.theme";

    public const string NavigationCookie = "notify.nav";

    public const string TimeZoneCookie = "notify.zone";

    public const string FirstStepsCookie = "notify.steps";

    public const string SystemTheme = "system";

    public static readonly IReadOnlyList<string> Themes = [SystemTheme, "light", "dark"];

    public static DisplayPreferences Read(HttpRequest request) => new(
        request.Cookies[ThemeCookie] is { } theme && Themes.Contains(theme) ? theme : SystemTheme,
        request.Cookies[NavigationCookie] == "narrow" ? "narrow" : "open",
        request.Cookies[TimeZoneCookie] is { } zone && TimeZones.All.Contains(zone) ? zone : null,
        request.Cookies[FirstStepsCookie] == "hidden" ? "hidden" : null);
}
