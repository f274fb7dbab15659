using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor;
using MudBlazor.Services;
using Notify.Admin.Finding;
using Notify.Admin.LivePages;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Layout;

/// <summary>Registers components, languages and the frame's own services.</summary>
internal static class UserInterfaceServiceCollectionExtensions
{
    public static IServiceCollection AddUserInterface(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents()
            // Room for a pasted list of some ten thousand people in one message; the default, 32 KiB, would end the page.
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = 2 * 1024 * 1024);
        // At Debug it writes whatever a page sends, which is every letter that is typed, secrets too.
        services.AddGuardedCategory("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.Information);
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddCascadingAuthenticationState();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, PageAuthorizationResultHandler>();
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(UiCultures.Configure);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<LiveTurns>();
        services.AddSingleton<SharedLooks>();
        services.AddScoped<PageFeed>();
        services.AddScoped<CircuitHandler>(circuit => circuit.GetRequiredService<PageFeed>());
        services.AddFinding();
        services.AddSingleton<IFinder, PageFinder>();
        services.AddScoped<UserTimeZone>();
        services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomLeft;
            mud.SnackbarConfiguration.VisibleStateDuration = 6000;
            mud.SnackbarConfiguration.HideTransitionDuration = 100;
            mud.SnackbarConfiguration.ShowTransitionDuration = 100;
        });
        services.AddTransient<MudLocalizer, ComponentText>();
        return services;
    }
}
