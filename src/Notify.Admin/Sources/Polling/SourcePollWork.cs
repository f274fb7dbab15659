using Notify.Admin.Background;

namespace Notify.Admin.Sources;

/// <summary>Polls what is due, a few accounts' lists at a time. Each poll is one instance's at a time.</summary>
internal sealed class SourcePollWork(SourcePollStore store, IAlertAccounts accounts, AlertPoller poller, WorkRegister works,
    TimeProvider time, ILogger<SourcePollWork> logger) : RecurringWork(works, Schedule, time, logger)
{
    private const int AtOnce = 4;

    private static readonly WorkSchedule Schedule = new("source-polls", TimeSpan.FromSeconds(2));

    private bool _isFirst = true;

    protected override async Task RunAsync(CancellationToken stopping)
    {
        if (_isFirst)
        {
            await store.FreeAllAsync(stopping);
            _isFirst = false;
        }

        var sources = await store.ListAsync(stopping);
        if (sources.Count == 0)
        {
            return;
        }

        var now = Time.GetUtcNow();
        var known = (await accounts.ListAsync(stopping)).ToDictionary(account => account.Id);
        List<(Source Source, AlertAccount Account, PlannedPoll Plan, SourcePoll Poll)> due = [];
        foreach (var (source, polls) in sources.Where(one => one.Source.IsOn))
        {
            await store.FollowAsync(source, polls, now, stopping);
            if (source.AccountId is { } id && known.TryGetValue(id, out var account))
            {
                due.AddRange(
                    from plan in PollPlan.Read(source.Polls)
                    join poll in polls on plan.Type equals poll.Type
                    where poll.NextAt <= now && poll.PausedFor != AlertPoller.PausedFor(account)
                    select (source, account, plan, poll));
            }
        }

        await Parallel.ForEachAsync(due.OrderBy(one => one.Poll.NextAt),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping },
            async (one, cancellationToken) =>
                await poller.PollAsync(one.Source, one.Account, one.Plan, one.Poll, cancellationToken));
    }
}
