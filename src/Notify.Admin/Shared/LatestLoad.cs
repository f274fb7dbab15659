namespace Notify.Admin.Shared;

/// <summary>Loads of one page, of which only the latest counts: a new one cancels the one under way.</summary>
internal sealed class LatestLoad : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private CancellationTokenSource? _loading;

    /// <summary>Ends with the page.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Runs <paramref name="load"/> unless the page is gone; its being overtaken is no error.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> load)
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _loading?.Cancel();
        using var loading = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        _loading = loading;
        try
        {
            await load(loading.Token);
        }
        catch (OperationCanceledException) when (loading.IsCancellationRequested)
        {
            // The page is gone, or shows something else by now.
        }
        finally
        {
            if (ReferenceEquals(_loading, loading))
            {
                _loading = null;
            }
        }
    }

    /// <summary>Reads, and shows what was read unless something else is to be shown by then, whether or not the reading could be
    /// stopped.</summary>
    public Task RunAsync<T>(Func<CancellationToken, Task<T>> read, Action<T> show) => RunAsync(async stop =>
    {
        var found = await read(stop);
        stop.ThrowIfCancellationRequested();
        show(found);
    });

    /// <summary>What is being read is of no use any more.</summary>
    public void Cancel() => _loading?.Cancel();

    // The token is still read by what ends after the page: so its source is left to the collector, which has nothing to release.
    public void Dispose() => _stop.Cancel();
}
