using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.StoredSecrets;

/// <summary>Says on the overview that secrets have lost their key.</summary>
internal sealed class LostSecretAttention(LostSecretService secrets, IStringLocalizer<StoredSecretsText> texts) : IAttentionSource
{
    public async Task<IReadOnlyList<Attention>> ListAsync(CancellationToken cancellationToken) =>
        await secrets.CountAsync(cancellationToken) is > 0 and var count
            ? [new Attention(texts.Counted("Attention", count), texts["Attention.Text"], null, "settings/secrets", null, IsUrgent: true)
                { Policy = Policies.Administer }]
            : [];
}
