namespace Notify.Admin.Demo;

internal static class DemoServiceCollectionExtensions
{
    public const string EnvironmentName = "Demo";

    /// <summary>Examples for trying the product out beside the sandbox; nothing outside the environment <c>Demo</c>.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services, IHostEnvironment environment)
    {
        if (environment.IsEnvironment(EnvironmentName))
        {
            services.AddSingleton<DemoAccess>();
            services.AddSingleton<DemoAccounts>();
            services.AddSingleton<DemoPauses>();
            services.AddSingleton<DemoPeople>();
            services.AddSingleton<DemoSources>();
            services.AddHostedService<DemoSeeder>();
        }

        return services;
    }
}
