using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Identity;

namespace Notify.Admin.Accounts;

/// <summary>Registers log-in through an OAuth 2.0 provider, where configuration names one.</summary>
internal static class SingleSignOnServiceCollectionExtensions
{
    public const string Scheme = "SingleSignOn";

    public static IServiceCollection AddSingleSignOn(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(SingleSignOnOptions.Section).Get<SingleSignOnOptions>() ?? new SingleSignOnOptions();
        options.Validate();
        services.AddSingleton(options);
        services.AddScoped<SingleSignOnService>();
        if (options.IsOn)
        {
            services.AddAuthentication().AddOAuth<OAuthOptions, SingleSignOnHandler>(Scheme, oauth => Configure(oauth, options));
        }

        return services;
    }

    private static void Configure(OAuthOptions oauth, SingleSignOnOptions options)
    {
        // Never written: the session begins where the provider's answer arrives.
        oauth.SignInScheme = IdentityConstants.ExternalScheme;
        oauth.CallbackPath = SingleSignOnEndpoints.CallbackPath;
        oauth.ClientId = options.ClientId!;
        oauth.ClientSecret = options.ClientSecret!;
        oauth.AuthorizationEndpoint = options.AuthorizationEndpoint!;
        oauth.TokenEndpoint = options.TokenEndpoint!;
        oauth.UserInformationEndpoint = options.UserInfoEndpoint!;
        oauth.UsePkce = true;
        oauth.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(10);
        oauth.BackchannelTimeout = TimeSpan.FromSeconds(10);
        // The secret goes to the configured address and nowhere else.
        oauth.BackchannelHttpHandler = new SocketsHttpHandler { AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        oauth.CorrelationCookie.Name = "notify.sign-on.";
        // The way back is a plain navigation, which brings it; None would be dropped without https.
        oauth.CorrelationCookie.SameSite = SameSiteMode.Lax;
        oauth.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        oauth.Scope.Clear();
        foreach (var scope in options.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            oauth.Scope.Add(scope);
        }

        oauth.Events.OnTicketReceived = SingleSignOnEndpoints.CompleteAsync;
        oauth.Events.OnRemoteFailure = SingleSignOnEndpoints.FailAsync;
    }
}
