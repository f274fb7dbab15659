using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Notify.Admin.Events;

/// <summary>Ready while events that are posted now would be stored.</summary>
internal sealed class CommitHealthCheck(CommitHealth commits) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await commits.AreCommitsSucceedingAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("events cannot be stored; the log says why");
}
