using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Degraded while a workspace's Socket Mode is refused, or fails again and again. Messages are sent all the same, so it is still
/// ready.</summary>
internal sealed class SocketHealthCheck(SocketStore store) : IHealthCheck
{
    /// <summary>A connection that failed so often in a row needs somebody to look.</summary>
    public const int FailuresShown = 3;

    public static bool IsUnwell(SocketLink link) =>
        link.State == SocketState.Refused || (link.State == SocketState.Waiting && link.Failures >= FailuresShown);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var unwell = (await store.ListWantedAsync(cancellationToken)).Select(found => found.Link).Where(IsUnwell)
            .Select(link => $"workspace {link.WorkspaceId} ({link.Code})").ToList();
        return unwell.Count == 0 ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"not connected: {string.Join(", ", unwell)}");
    }
}
