namespace Notify.Admin.Metrics;

/// <summary><c>/metrics</c>: what this instance counts, and the store's deliveries.</summary>
internal static class MetricsEndpoints
{
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        // The listener starts here, before the meters: counters then begin at zero, and nothing is counted before somebody listens.
        routes.ServiceProvider.GetRequiredService<MetricsCollector>();
        routes.ServiceProvider.GetServices<IMetricSource>();
        routes.MapGet("/metrics", GetAsync).RequireAuthorization(MetricsAccess.Policy).DisableHttpMetrics().ExcludeFromDescription();
    }

    private static async Task<IResult> GetAsync(MetricsCollector collector, IEnumerable<IMetricSource> sources,
        CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            await source.RefreshAsync(cancellationToken);
        }

        return TypedResults.Text(collector.Collect(), PrometheusText.ContentType);
    }
}
