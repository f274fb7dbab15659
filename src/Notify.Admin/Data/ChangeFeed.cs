using System.Globalization;
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
    private static readonly TimeSpan LeastBetweenCalls = TimeSpan.FromMilliseconds(400);

    private readonly Lock _gate = new();
    private readonly List<Subscription> _subscriptions = [];
    private readonly HashSet<string> _unpublished = [];
    private Dictionary<string, long> _seen = [];

    /// <summary>Calls <paramref name="onChanged"/> after changes to <paramref name="area"/>, bursts merged, never two calls at a time.
    /// It runs on a foreign thread, in the subscriber's language: a component enters its renderer with <c>InvokeAsync</c>.</summary>
    /// <param name="area">One of <see cref="ChangeAreas"/>.</param>
    /// <param name="onFailure">Gets what <paramref name="onChanged"/> throws: a component's <c>DispatchExceptionAsync</c>, so that a page
    /// which cannot refresh says so. Null: it is logged.</param>
    /// <returns>Dispose to stop.</returns>
    public IDisposable Subscribe(string area, Func<Task> onChanged, Func<Exception, Task>? onFailure = null)
    {
        var subscription = new Subscription(this, area, onChanged, onFailure);
        lock (_gate)
        {
            _subscriptions.Add(subscription);
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
            unpublished = [.. _unpublished];
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
        Subscription[] interested;
        lock (_gate)
        {
            interested = [.. _subscriptions.Where(s => s.Area == area)];
        }

        foreach (var subscription in interested)
        {
            subscription.Raise();
        }
    }

    private sealed class Subscription(ChangeFeed feed, string area, Func<Task> onChanged, Func<Exception, Task>? onFailure) : IDisposable
    {
        // Whoever announces has another language, or none: a page that refreshes must not change its own.
        private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
        private readonly CultureInfo _uiCulture = CultureInfo.CurrentUICulture;
        private readonly Lock _turn = new();
        private int _raised;
        private bool _running;
        private bool _disposed;

        public string Area => area;

        public void Raise()
        {
            lock (_turn)
            {
                _raised++;
                if (_running || _disposed)
                {
                    return;
                }

                _running = true;
            }

            _ = Task.Run(RunAsync);
        }

        public void Dispose()
        {
            lock (_turn)
            {
                _disposed = true;
            }

            lock (feed._gate)
            {
                feed._subscriptions.Remove(this);
            }
        }

        // A page that is gone cannot be refreshed, and nobody needs to know.
        private async Task FailAsync(Exception failure)
        {
            if (onFailure is null || _disposed)
            {
                feed.LogFailure(area, failure, _disposed);
                return;
            }

            try
            {
                await onFailure(failure);
            }
            catch (Exception e)
            {
                feed.LogFailure(area, new AggregateException(failure, e), _disposed);
            }
        }

        private async Task RunAsync()
        {
            CultureInfo.CurrentCulture = _culture;
            CultureInfo.CurrentUICulture = _uiCulture;
            while (true)
            {
                int handled;
                lock (_turn)
                {
                    handled = _raised;
                    if (_disposed)
                    {
                        return;
                    }
                }

                try
                {
                    await onChanged();
                }
                catch (Exception e)
                {
                    await FailAsync(e);
                }

                await Task.Delay(LeastBetweenCalls, TimeProvider.System);
                lock (_turn)
                {
                    if (_raised == handled)
                    {
                        _running = false;
                        return;
                    }
                }
            }
        }
    }

    private void LogFailure(string area, Exception e, bool isGone) =>
        Logger.Log(isGone ? LogLevel.Debug : LogLevel.Error, e, "Acting on a change of {Area} failed", area);
}
