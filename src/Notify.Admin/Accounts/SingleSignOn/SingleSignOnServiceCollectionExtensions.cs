using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Notify.Admin.OutgoingCalls;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>Registers log-in through an OpenID Connect provider, where configuration names one.</summary>
internal static class SingleSignOnServiceCollectionExtensions
{
    public const string Scheme = "SingleSignOn";

    public static IServiceCollection AddSingleSignOn(this IServiceCollection services, IConfiguration configuration)
    {
        var options = SingleSignOnOptions.Read(configuration);
        services.AddSingleton(options);
        services.AddScoped<SingleSignOnService>();
        if (options.IsOn)
        {
            // Else a new signing key of the provider is fetched in the background, and whoever logs in first is turned away.
            AppContext.SetSwitch("Switch.Microsoft.IdentityModel.UpdateConfigAsBlocking", true);
            services.AddScoped<SingleSignOnEvents>();
            services.AddAuthentication().AddOpenIdConnect(Scheme, oidc => Configure(oidc, options));
            // The provider is reached as the vendors are: through the proxy, where there is one.
            services.AddOutgoing(configuration);
            services.AddOptions<OpenIdConnectOptions>(Scheme)
                .Configure<OutgoingProxy>((oidc, proxy) => ((SocketsHttpHandler)oidc.BackchannelHttpHandler!).Use(proxy));
            // The handler's debug log writes whole answers, and those hold codes.
            services.AddGuardedCategory("Microsoft.AspNetCore.Authentication.OpenIdConnect", LogLevel.Warning);
        }

        return services;
    }

    private static void Configure(OpenIdConnectOptions oidc, SingleSignOnOptions options)
    {
        oidc.Authority = options.Authority;
        oidc.RequireHttpsMetadata = new Uri(options.Authority!).Scheme == Uri.UriSchemeHttps;
        oidc.ClientId = options.ClientId;
        oidc.ClientSecret = options.ClientSecret;
        oidc.CallbackPath = SingleSignOnEndpoints.CallbackPath;
        // Logging out here does not log out there, and the provider logs nobody out here.
        oidc.RemoteSignOutPath = PathString.Empty;
        oidc.SignedOutCallbackPath = PathString.Empty;
        // Never written: the session begins where the provider's answer arrives.
        oidc.SignInScheme = IdentityConstants.ExternalScheme;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        // A form posted from another site would come without the cookies of state and nonce.
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.GetClaimsFromUserInfoEndpoint = true;
        oidc.MapInboundClaims = false;
        oidc.ClaimActions.Clear();
        oidc.DisableTelemetry = true;
        oidc.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(10);
        oidc.BackchannelTimeout = TimeSpan.FromSeconds(10);
        // The secret goes to the address that discovery gives, and nowhere else.
        oidc.BackchannelHttpHandler = new SocketsHttpHandler { AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        oidc.CorrelationCookie.Name = "notify.sign-on.";
        oidc.NonceCookie.Name = "notify.nonce.";
        foreach (var cookie in new[] { oidc.CorrelationCookie, oidc.NonceCookie })
        {
            // The way back is a plain navigation, which brings it; None would be dropped without https.
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }

        oidc.Scope.Clear();
        foreach (var scope in options.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            oidc.Scope.Add(scope);
        }

        oidc.EventsType = typeof(SingleSignOnEvents);
    }
}
