using Microsoft.AspNetCore.Http.HttpResults;
using Notify.Admin.Security;

namespace Notify.Admin.Layout;

/// <summary>Language and theme without a circuit: plain links that set a cookie and come back.</summary>
internal static class PreferenceEndpoints
{
    public static IEndpointRouteBuilder MapPreferences(this IEndpointRouteBuilder endpoints)
    {
        string[] methods = [HttpMethods.Get, HttpMethods.Post];
        endpoints.MapMethods("/culture", methods, SetCulture).WithMetadata(new ChangesByGet()).ExcludeFromDescription()
            .AllowAnonymous();
        endpoints.MapMethods("/theme", methods, SetTheme).WithMetadata(new ChangesByGet()).ExcludeFromDescription()
            .AllowAnonymous();
        return endpoints;
    }

    private static Results<RedirectHttpResult, BadRequest<string>> SetCulture(HttpContext context, string? lang, string? returnUrl)
    {
        if (lang is null || UiCultures.Match(lang) is not { } culture)
        {
            return TypedResults.BadRequest($"lang: one of {string.Join(", ", UiCultures.All)}");
        }

        PreferenceCookies.SetLanguage(context, culture);
        return TypedResults.LocalRedirect(LocalAddress.Of(returnUrl));
    }

    private static Results<RedirectHttpResult, BadRequest<string>> SetTheme(HttpContext context, string? value, string? returnUrl)
    {
        if (value is null || !DisplayPreferences.Themes.Contains(value))
        {
            return TypedResults.BadRequest($"value: one of {string.Join(", ", DisplayPreferences.Themes)}");
        }

        PreferenceCookies.SetTheme(context, value);
        return TypedResults.LocalRedirect(LocalAddress.Of(returnUrl));
    }
}
