using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Notify.Admin.Data;

/// <summary>Ready while the store answers and no migration is pending.</summary>
internal sealed class StoreHealthCheck(IDbContextFactory<NotifyDbContext> contexts) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var store = await contexts.CreateDbContextAsync(cancellationToken);
            return (await store.Database.GetPendingMigrationsAsync(cancellationToken)).Any()
                ? HealthCheckResult.Unhealthy("migrations are pending")
                : HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("the store cannot be reached", e);
        }
    }
}
