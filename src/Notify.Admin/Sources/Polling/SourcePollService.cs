using Notify.Admin.Audit;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>How the reading of accounts stands; an Admin or Operator has one read now.</summary>
internal sealed class SourcePollService(SourceStore sources, SourcePollStore store, IAlertAccounts accounts, AuditTrail audit,
    TimeProvider time)
{
    /// <summary>In the order of the types; empty for other kinds.</summary>
    public async Task<IReadOnlyList<PollView>> ListAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        if (await sources.FindAsync(id, cancellationToken) is not { Kind: SourceKinds.SecurityCenter } source)
        {
            return [];
        }

        var account = (await accounts.ListAsync(cancellationToken)).FirstOrDefault(one => one.Id == source.AccountId);
        var polls = (await store.ListAsync(id, cancellationToken)).ToDictionary(poll => poll.Type);
        return [.. PollPlan.Read(source.Polls).Select(plan => ViewOf(plan, polls.GetValueOrDefault(plan.Type), source, account))];
    }

    /// <summary>The accounts that a source may read, by name.</summary>
    public async Task<IReadOnlyList<AlertAccount>> ListAccountsAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await accounts.ListAsync(cancellationToken);
    }

    /// <summary>Polls all of a source's types as soon as may be, paused or not.</summary>
    /// <returns>False where there is no such source, or it is not one that polls.</returns>
    public async Task<bool> PollNowAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        if (await sources.FindAsync(id, cancellationToken) is not { Kind: SourceKinds.SecurityCenter } source)
        {
            return false;
        }

        await store.WakeAsync(id, time.GetUtcNow(), audit.Entry(actor, "source.poll", SourceTrail.SubjectOf(source)),
            cancellationToken);
        return true;
    }

    internal static PollView ViewOf(PlannedPoll plan, SourcePoll? poll, Source source, AlertAccount? account)
    {
        var isPaused = account is null || (poll?.PausedFor is { } paused && paused == AlertPoller.PausedFor(account));
        return new PollView(plan.Type, plan.Minutes, poll?.LastAt, poll?.CompletedAt, isPaused || !source.IsOn ? null : poll?.NextAt,
            poll?.Found ?? 0, poll?.BeganAt is not null,
            account is null ? new Reason("PollNoAccount") : StoredReasons.Read(poll?.Trouble), isPaused);
    }
}
