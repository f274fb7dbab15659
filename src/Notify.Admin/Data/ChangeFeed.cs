using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Notify.Admin.Data;

/// <summary>Tells open pages that an area has changed, here or on another instance. An announcement carries no data: subscribers read
/// again.</summary>
public sealed class ChangeFeed(IDbContextFactory<NotifyDbContext> contexts, TimeProvider time, ILogger<ChangeFeed> logger)
    : BackgroundService
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastBetweenCalls = TimeSpan.FromMilliseconds(400);

    private readonly Lock _gate = new();
    private readonly List<Subscription> _subscriptions = [];
    private readonly HashSet<string> _unpublished = [];
    private Dictionary<string, long> _seen = [];

    /// <summary>Calls <paramref name="onChanged"/> after changes to <paramref name="area"/>, bursts merged, never two calls at a time.
    /// It runs on a foreign thread, in the subscriber's language: a component enters its renderer with <c>InvokeAsync</c>.</summary>
    /// <param name="area">One of <see cref="ChangeAreas"/>.</param>
    /// <returns>Dispose to stop.</returns>
    public IDisposable Subscribe(string area, Func<Task> onChanged)
    {
        var subscription = new Subscription(this, area, onChanged);
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
        lock (_gate)
        {
            _unpublished.Add(area);
        }

        Raise(area);
    }

    /// <summary>Saves the context's changes and advances <paramref name="area"/> in one transaction, then announces it.</summary>
    public async Task SaveAsync(NotifyDbContext context, string area, CancellationToken cancellationToken)
    {
        await using (var transaction = context.Database.CurrentTransaction is null
            ? await context.Database.BeginTransactionAsync(cancellationToken) : null)
        {
            await context.SaveChangesAsync(cancellationToken);
            await AdvanceAsync(context, area, cancellationToken);
            if (transaction is not null)
            {
                await transaction.CommitAsync(cancellationToken);
            }
        }

        Raise(area);
    }

    /// <summary>Runs <paramref name="change"/>, saves and advances <paramref name="area"/> in one transaction that holds the area's version
    /// row from its start. Such changes take turns on all instances, so what a change reads (is there another Admin?) still holds when it
    /// commits.</summary>
    /// <param name="change">Works on <paramref name="context"/>; false rolls everything back.</param>
    /// <returns>What <paramref name="change"/> returned.</returns>
    public async Task<bool> ChangeInTurnAsync(NotifyDbContext context, string area, Func<Task<bool>> change,
        CancellationToken cancellationToken)
    {
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

    /// <summary>The area's stored version, for deciding whether what is held is old.</summary>
    public static Task<long> VersionAsync(NotifyDbContext context, string area, CancellationToken cancellationToken) =>
        context.ChangeVersions.Where(v => v.Area == area).Select(v => v.Version).SingleAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(PollEvery, time);
        while (await timer.TickAsync(stoppingToken))
        {
            try
            {
                await PollAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The store is away; health says so, and the next tick tries again.
                logger.LogDebug("Polling for changes failed: {Reason}", e.GetType().Name);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static Task<int> AdvanceAsync(NotifyDbContext context, string area, CancellationToken cancellationToken) =>
        context.ChangeVersions.Where(v => v.Area == area)
            .ExecuteUpdateAsync(set => set.SetProperty(v => v.Version, v => v.Version + 1), cancellationToken);

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        string[] unpublished;
        lock (_gate)
        {
            unpublished = [.. _unpublished];
            _unpublished.Clear();
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var area in unpublished)
        {
            await AdvanceAsync(context, area, cancellationToken);
        }

        var now = await context.ChangeVersions.AsNoTracking().ToDictionaryAsync(v => v.Area, v => v.Version, cancellationToken);
        foreach (var area in now.Keys.Where(area => _seen.TryGetValue(area, out var before) && before != now[area]))
        {
            Raise(area);
        }

        _seen = now;
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

    private sealed class Subscription(ChangeFeed feed, string area, Func<Task> onChanged) : IDisposable
    {
        // Whoever announces has another language, or none: a page that refreshes must not change its own.
        private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
        private readonly CultureInfo _uiCulture = CultureInfo.CurrentUICulture;
        private int _raised;
        private bool _running;
        private bool _disposed;

        public string Area => area;

        public void Raise()
        {
            lock (this)
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
            lock (this)
            {
                _disposed = true;
            }

            lock (feed._gate)
            {
                feed._subscriptions.Remove(this);
            }
        }

        private async Task RunAsync()
        {
            CultureInfo.CurrentCulture = _culture;
            CultureInfo.CurrentUICulture = _uiCulture;
            while (true)
            {
                int handled;
                lock (this)
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
                    feed.LogFailure(e);
                }

                await Task.Delay(LeastBetweenCalls, TimeProvider.System);
                lock (this)
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

    private void LogFailure(Exception e) => logger.LogWarning("A page's refresh failed: {Reason}", e.GetType().Name);
}
