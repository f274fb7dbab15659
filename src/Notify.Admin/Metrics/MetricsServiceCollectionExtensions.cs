using Microsoft.Extensions.Options;

namespace Notify.Admin.Metrics;

internal static class MetricsServiceCollectionExtensions
{
    /// <summary>Registers the collector behind <c>/metrics</c>, and the export by OTLP.</summary>
    public static IServiceCollection AddMetrics(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OtlpOptions>().Bind(configuration.GetSection(OtlpOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OtlpOptions>, OtlpOptionsValidator>();
        services.AddSingleton<MetricsCollector>();
        services.AddAuthorization(MetricsAccess.AddTo);
        services.AddHostedService<OtlpExport>();
        return services;
    }
}
