using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.Background;

/// <summary>Says on the overview which background work of this instance is failing.</summary>
internal sealed class WorkAttention(WorkRegister works, IStringLocalizer<BackgroundText> texts) : IAttentionSource
{
    public Task<IReadOnlyList<Attention>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Attention>>(
    [
        .. from record in works.All
           let trouble = record.Trouble
           where trouble is not null
           select new Attention(
               texts["Attention", texts[$"Work.{record.Name}"]],
               texts[trouble.Count == 1 ? "Attention.Text.One" : "Attention.Text", trouble.Count],
               trouble.Code,
               "settings",
               trouble.Since,
               IsUrgent: true) { Policy = Policies.Administer },
    ]);
}
