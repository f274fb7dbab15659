using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Notify.Admin.Api;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Finding;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>Registers people, sign-in and keys.</summary>
internal static class AccountsServiceCollectionExtensions
{
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttpContextAccessor();
        // It writes whole addresses, and those of one-time links and of log-ins through a provider hold secrets.
        services.AddGuardedCategory("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        services.AddOptions<AccountsOptions>().Bind(configuration.GetSection(AccountsOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        AddIdentity(services);
        AddPolicies(services);
        services.AddSingleSignOn(configuration);

        services.AddSingleton(configuration.GetSection(SetupOptions.Section).Get<SetupOptions>() ?? new SetupOptions());
        services.AddSingleton<FirstAdminService>();
        services.AddSingleton<AdminRescue>();
        services.AddSingleton<SetupCode>();
        services.AddSingleton<IKeyDirectory, KeyLookupStore>();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<PeopleStore>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<TwoFactorStore>();
        services.AddSingleton<PasskeyStore>();
        services.AddSingleton<KeyStore>();
        services.AddSingleton<KeyListStore>();
        services.AddSingleton<LoginAttempts>();
        services.AddSingleton<KnownBrowsers>();
        services.AddSingleton<LastSeen>();
        services.AddSingleton<PeopleService>();
        services.AddSingleton<PersonActors>();
        services.AddSingleton<IFinder, PersonFinder>();
        services.AddSingleton<IAuditRevert, PersonRevert>();
        services.AddSingleton<KeyService>();
        services.AddSingleton<SessionService>();
        services.AddSingleton<DisplayService>();
        services.AddSingleton<TwoFactorCodes>();
        services.AddScoped<SessionStart>();
        services.AddScoped<LoginService>();
        services.AddScoped<TwoFactorService>();
        services.AddScoped<PasskeyService>();
        services.AddScoped<PasswordService>();
        services.AddScoped<LinkMailService>();
        services.AddScoped<SetupService>();
        services.AddScoped<AuthenticationStateProvider, OpenPageSession>();
        services.AddSingleton<OpenPages>();
        services.AddScoped<CircuitHandler, OpenPageCounter>();
        services.AddTransient<IClaimsTransformation, AddressClaim>();
        return services;
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.Replace(ServiceDescriptor.Singleton<IAuthenticationSchemeProvider, SessionSchemes>());
        services.AddIdentityCore<AdminUser>(identity =>
            {
                identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                identity.User.RequireUniqueEmail = true;
                identity.User.AllowedUserNameCharacters = ""; // the e-mail rule decides
                identity.Lockout.MaxFailedAccessAttempts = LoginAttempts.Allowed;
                identity.Lockout.DefaultLockoutTimeSpan = LoginAttempts.LockedFor;

                // The length is AccountPasswordValidator's to decide; the framework's own check is switched off.
                identity.Password.RequiredLength = 1;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
            })
            .AddRoles<IdentityRole>()
            .AddEntityFrameworkStores<NotifyDbContext>()
            .AddPasswordValidator<AccountPasswordValidator>()
            .AddSignInManager<AccountSignIn>()
            .AddDefaultTokenProviders();
        services.Configure<DataProtectionTokenProviderOptions>(tokens => tokens.TokenLifespan = OneTimeLink.Lifetime);
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            // A passkey without a touch of its person would be one factor, and one that needs an email typed first no easier than a
            // password.
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
        });
        services.ConfigureApplicationCookie(SessionCookie.Configure);
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, cookie =>
        {
            cookie.Cookie.Name = "notify.second-step";
            cookie.Cookie.SameSite = SameSiteMode.Strict;
        });
    }

    private static void AddPolicies(IServiceCollection services) => services.AddAuthorization(options =>
    {
        foreach (var (policy, roles) in Policies.RolesOf)
        {
            options.AddPolicy(policy, builder => builder.RequireRole(roles));
        }

        // An endpoint that names no policy asks for a signed-in person.
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
    });
}
