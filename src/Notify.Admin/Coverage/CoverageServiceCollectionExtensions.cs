namespace Notify.Admin.Coverage;

internal static class CoverageServiceCollectionExtensions
{
    /// <summary>Registers the map of which events are heard.</summary>
    public static IServiceCollection AddCoverage(this IServiceCollection services)
    {
        services.AddSingleton<CoverageStore>();
        services.AddSingleton<CoverageService>();
        return services;
    }
}
