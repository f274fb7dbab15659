namespace Notify.Admin.FunctionAccess;

/// <summary>Wakes the worker when a run is queued here, and whoever waits for a run when one ends here.</summary>
internal sealed class AccessSignal
{
    private TaskCompletionSource _queued = New();
    private TaskCompletionSource _ended = New();

    public Task Queued => _queued.Task;

    public Task Ended => _ended.Task;

    public void RaiseQueued() => Interlocked.Exchange(ref _queued, New()).TrySetResult();

    public void RaiseEnded() => Interlocked.Exchange(ref _ended, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
