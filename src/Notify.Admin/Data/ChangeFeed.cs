using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Notify.Admin.Background;

namespace Notify.Admin.Data;

/// <summary>Tells open pages that an area has changed, here or on another instance. An announcement carries no data: subscribers read
/// again.</summary>
public sealed class ChangeFeed(
    IDbContextFactory<NotifyDbContext> contexts, WorkRegister works, TimeProvider time, ILogger<ChangeFeed> logger)
    : RecurringWork(works, Schedule, time, logger)
{
    private static readonly WorkSchedule Schedule = new("changes", TimeSpan.FromSeconds(1));

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<ChangeSubscription>> _followers = ChangeAreas.All.ToDictionary(
        area => area, _ => new List<ChangeSubscription>());
    private readonly HashSet<string> _unpublished = [];
    private Dictionary<string, long> _seen = [];

    /// <summary>Calls <paramref name="onChanged"/> after changes to <paramref name="area"/>, bursts merged, never two calls at a time.
    /// It runs on a foreign thread, in the subscriber's language: a component enters its renderer with <c>InvokeAsync</c>.</summary>
    /// <param name="area">One of <see cref="ChangeAreas"/>.</param>
    /// <param name="onFailure">Gets what <paramref name="onChanged"/> throws: a component's <c>DispatchExceptionAsync</c>, so that a page
    /// which cannot refresh says so. Null: it is logged.</param>
    /// <returns>Dispose to stop.</returns>
    public ChangeSubscription Subscribe(string area, Func<Task> onChanged, Func<Exception, Task>? onFailure = null) =>
        Subscribe([area], onChanged, onFailure);

    /// <summary>The same of several areas: changes of all of them are merged.</summary>
    public ChangeSubscription Subscribe(
        IReadOnlyCollection<string> areas, Func<Task> onChanged, Func<Exception, Task>? onFailure = null)
    {
        var subscription = new ChangeSubscription(
            areas, onChanged, (failed, failure) => FailAsync(failed, onFailure, failure), Forget, Time);
        lock (_gate)
        {
            foreach (var area in areas)
            {
                _followers[area].Add(subscription);
            }
        }

        return subscription;
    }

    /// <summary>Says that <paramref name="area"/> changed where the change itself did not advance its version (events, deliveries: too
    /// frequent for a row that every transaction would contend for). Other instances hear within about two seconds.</summary>
    public void Announce(string area)
    {
        if (SharedTransaction.Current is { } shared)
        {
            shared.Announce(area);
            return;
        }

        lock (_gate)
        {
            _unpublished.Add(area);
        }

        Raise(area);
    }

    /// <summary>Tells subscribers on this instance alone, where nothing that is stored has changed: time has passed, which every instance
    /// notices by itself.</summary>
    internal void AnnounceHere(string area) => Raise(area);

    /// <summary>The one way to save what a version is kept of: runs <paramref name="change"/>, saves and advances <paramref name="area"/>
    /// in one transaction that holds the area's version row from its start, and announces it after the commit, once. Such changes take
    /// turns on all instances, so what a change reads (is there another Admin?) still holds when it commits.</summary>
    /// <param name="change">Works on <paramref name="context"/>; false rolls everything back.</param>
    /// <returns>What <paramref name="change"/> returned.</returns>
    public async Task<bool> ChangeInTurnAsync(NotifyDbContext context, string area, Func<Task<bool>> change,
        CancellationToken cancellationToken)
    {
        if (SharedTransaction.Current is { } shared)
        {
            return await JoinAsync(shared, context, area, change, cancellationToken);
        }

        await using (var transaction = await context.Database.BeginTransactionAsync(cancellationToken))
        {
            await AdvanceAsync(context, area, cancellationToken);
            if (!await change())
            {
                return false;
            }

            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        Raise(area);
        return true;
    }

    /// <summary>Runs what several services change in one transaction: all of it, or nothing. The areas' versions are taken at its start,
    /// in one order, so that such changes and the single ones take turns. Announced after the commit.</summary>
    /// <param name="changes">One thing after the other; false, or an exception, rolls everything back.</param>
    public async Task<bool> ChangeTogetherAsync(IEnumerable<string> areas, Func<Task<bool>> changes, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        SharedTransaction shared;
        await using (var transaction = await context.Database.BeginTransactionAsync(cancellationToken))
        {
            foreach (var area in areas.Order(StringComparer.Ordinal))
            {
                await AdvanceAsync(context, area, cancellationToken);
            }

            shared = new SharedTransaction(context.Database.GetDbConnection(), transaction.GetDbTransaction());
            if (!await shared.RunAsync(changes))
            {
                return false;
            }

            await transaction.CommitAsync(cancellationToken);
        }

        foreach (var area in shared.Areas)
        {
            Announce(area);
        }

        return true;
    }

    /// <summary>The area's stored version, for deciding whether what is held is old.</summary>
    public static Task<long> VersionAsync(NotifyDbContext context, string area, CancellationToken cancellationToken) =>
        context.ChangeVersions.Where(v => v.Area == area).Select(v => v.Version).SingleAsync(cancellationToken);

    /// <summary>The same by itself.</summary>
    public async Task<long> VersionAsync(string area, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await VersionAsync(context, area, cancellationToken);
    }

    /// <summary>Remembers the versions of now, before anything is read: otherwise what another instance changes between that and the
    /// first look here would be told to nobody.</summary>
    internal async Task BeginAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        _seen = await VersionsAsync(context, cancellationToken);
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        await using var context = await contexts.CreateDbContextAsync(stopping);
        await PublishAsync(context, stopping);
        var now = await VersionsAsync(context, stopping);
        foreach (var area in now.Keys.Where(area => _seen.TryGetValue(area, out var before) && before != now[area]))
        {
            Raise(area);
        }

        _seen = now;
    }

    private static Task<Dictionary<string, long>> VersionsAsync(NotifyDbContext context, CancellationToken cancellationToken) =>
        context.ChangeVersions.AsNoTracking().ToDictionaryAsync(v => v.Area, v => v.Version, cancellationToken);

    private static async Task<bool> JoinAsync(
        SharedTransaction shared, NotifyDbContext context, string area, Func<Task<bool>> change, CancellationToken cancellationToken)
    {
        const string Before = "before";
        var transaction = context.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync(Before, cancellationToken);
        await AdvanceAsync(context, area, cancellationToken);
        var isChanged = await change();
        if (isChanged)
        {
            await context.SaveChangesAsync(cancellationToken);
            shared.Announce(area);
        }
        else
        {
            await transaction.RollbackToSavepointAsync(Before, cancellationToken);
        }

        // Savepoints that stay open lie within one another, and each page that is written is noted for every one of them.
        await transaction.ReleaseSavepointAsync(Before, cancellationToken);
        return isChanged;
    }

    private static Task<int> AdvanceAsync(NotifyDbContext context, string area, CancellationToken cancellationToken) =>
        context.ChangeVersions.Where(v => v.Area == area)
            .ExecuteUpdateAsync(set => set.SetProperty(v => v.Version, v => v.Version + 1), cancellationToken);

    // What was announced while the store is away is published when it is back.
    private async Task PublishAsync(NotifyDbContext context, CancellationToken cancellationToken)
    {
        string[] unpublished;
        lock (_gate)
        {
            // One process has SQLite's file, and its subscribers have been called: a row a second would only void what other connections
            // hold of the file.
            unpublished = [.. context.Database.IsSqlite() ? _unpublished.Except(ChangeAreas.Frequent) : _unpublished];
            _unpublished.Clear();
        }

        for (var i = 0; i < unpublished.Length; i++)
        {
            try
            {
                await AdvanceAsync(context, unpublished[i], cancellationToken);
            }
            catch
            {
                lock (_gate)
                {
                    _unpublished.UnionWith(unpublished[i..]);
                }

                throw;
            }
        }
    }

    private void Raise(string area)
    {
        lock (_gate)
        {
            foreach (var subscription in _followers[area])
            {
                subscription.Raise();
            }
        }
    }

    // A page that is gone cannot be refreshed, and nobody needs to know.
    private async Task FailAsync(ChangeSubscription subscription, Func<Exception, Task>? onFailure, Exception failure)
    {
        if (onFailure is null || subscription.IsDisposed)
        {
            LogFailure(subscription, failure);
            return;
        }

        try
        {
            await onFailure(failure);
        }
        catch (Exception e)
        {
            LogFailure(subscription, new AggregateException(failure, e));
        }
    }

    private void LogFailure(ChangeSubscription subscription, Exception e) => Logger.Log(
        subscription.IsDisposed ? LogLevel.Debug : LogLevel.Error, e, "Acting on a change of {Area} failed",
        string.Join(", ", subscription.Areas));

    private void Forget(ChangeSubscription subscription)
    {
        lock (_gate)
        {
            foreach (var area in subscription.Areas)
            {
                _followers[area].Remove(subscription);
            }
        }
    }
}
