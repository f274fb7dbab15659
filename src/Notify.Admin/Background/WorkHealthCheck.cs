using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Notify.Admin.Background;

/// <summary>Degraded while background work of this instance is failing. Requests are still served, so it is still ready.</summary>
internal sealed class WorkHealthCheck(WorkRegister works) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var failing = works.All.Where(record => record.Trouble is not null).Select(record => record.Name).ToList();
        return Task.FromResult(failing.Count == 0 ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"failing repeatedly: {string.Join(", ", failing)}"));
    }
}
