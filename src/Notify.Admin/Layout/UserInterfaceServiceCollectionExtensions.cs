using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Notify.Admin.Shared;
using Radzen;

namespace Notify.Admin.Layout;

/// <summary>Registers components, languages and the frame's own services.</summary>
internal static class UserInterfaceServiceCollectionExtensions
{
    public static IServiceCollection AddUserInterface(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddCascadingAuthenticationState();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, PageAuthorizationResultHandler>();
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(UiCultures.Configure);
        services.AddRadzenComponents();
        services.AddSingleton<ILocalizer, RadzenLocalizer>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<UserTimeZone>();
        return services;
    }
}
