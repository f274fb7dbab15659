using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;

namespace Notify.Admin.Sources;

/// <summary>Says on the overview which accounts are not read, because they are refused or gone.</summary>
internal sealed class PollAttention(SourcePollStore store, IAlertAccounts accounts, IStringLocalizer<SourceText> texts) : IAttentionSource
{
    public async Task<IReadOnlyList<Attention>> ListAsync(CancellationToken cancellationToken)
    {
        var sources = (await store.ListAsync(cancellationToken)).Where(one => one.Source.IsOn).ToList();
        if (sources.Count == 0)
        {
            return [];
        }

        var known = (await accounts.ListAsync(cancellationToken)).ToDictionary(account => account.Id);
        return
        [
            .. from one in sources
               let account = one.Source.AccountId is { } id ? known.GetValueOrDefault(id) : null
               let paused = (from plan in PollPlan.Read(one.Source.Polls)
                             join poll in one.Polls on plan.Type equals poll.Type into rows
                             let view = SourcePollService.ViewOf(plan, rows.FirstOrDefault(), one.Source, account)
                             where view.IsPaused
                             select view).FirstOrDefault()
               where paused is not null
               select new Attention(texts["Poll.Attention", one.Source.Name], paused.Trouble?.In(texts), null,
                   $"sources/{one.Source.Id}", paused.Last, IsUrgent: true),
        ];
    }
}
