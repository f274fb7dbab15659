using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>Degraded, and on the overview, while a file of the directory is wrong. What was applied before it was goes on.</summary>
internal sealed class ConfigDirectoryHealth(ProvisionedStore store, IStringLocalizer<ConfigText> texts) : IHealthCheck, IAttentionSource
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var wrong = await ListWrongAsync(cancellationToken);
        return wrong.Count == 0 ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(string.Join("; ", wrong.Select(file => $"{file.Name} was not applied: {file.Problem}")));
    }

    public async Task<IReadOnlyList<Attention>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await ListWrongAsync(cancellationToken)).Select(file => new Attention(
            texts["Attention.Wrong", file.Name], texts["Attention.Wrong.Text"], file.Problem, "settings/file", file.At, IsUrgent: true)
            { Policy = Policies.Administer }),
    ];

    private async Task<IReadOnlyList<ProvisionedFile>> ListWrongAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListFilesAsync(cancellationToken)).Where(file => file.Problem is not null)];
}
