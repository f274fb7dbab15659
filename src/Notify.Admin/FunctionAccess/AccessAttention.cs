using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;

namespace Notify.Admin.FunctionAccess;

/// <summary>Functions whose list at Slack is no longer the wanted one: one line each, or one for all when they are many.</summary>
internal sealed class AccessAttention(FunctionAccessStore store, IStringLocalizer<AccessText> texts) : IAttentionSource
{
    private const int MostLines = 3;

    public async Task<IReadOnlyList<Attention>> ListAsync(CancellationToken cancellationToken)
    {
        var count = await store.CountDriftedAsync(cancellationToken);
        if (count > MostLines)
        {
            return [new Attention(texts["Attention.DriftedMany", count], texts["Attention.Drifted.Text"], null, "slack/functions", null,
                IsUrgent: false)];
        }

        return count == 0
            ? []
            : [.. (await store.ListDriftedAsync(cancellationToken)).Select(drifted => new Attention(
                texts["Attention.Drifted", drifted.Name], texts["Attention.Drifted.Text"], null, $"slack/functions/{drifted.Id}",
                drifted.DriftedAt, IsUrgent: false))];
    }
}
