namespace Notify.Admin.SecurityCenter;

internal static class SecurityCenterServiceCollectionExtensions
{
    /// <summary>Registers the vendor's API.</summary>
    public static IServiceCollection AddSecurityCenter(this IServiceCollection services)
    {
        services.AddSingleton<CallBinder>();
        services.AddSingleton<SecurityCenterService>();
        services.AddSingleton<SecurityCenterEndpoint>();
        return services;
    }

    /// <summary>Answers the vendor's calls before routing to pages: they share the address <c>/</c> with the start page.</summary>
    public static void UseSecurityCenter(this WebApplication app) => app.MapWhen(
        SecurityCenterEndpoint.Covers,
        branch => branch.Run(context => context.RequestServices.GetRequiredService<SecurityCenterEndpoint>().HandleAsync(context)));
}
