namespace Notify.Admin.Events;

/// <summary>Whether commits of events succeed: what intake last saw, and a probe where it has seen nothing for a while.</summary>
internal sealed class CommitHealth(EventWriter writer, IntakePatience patience, ILogger<CommitHealth> logger)
{
    private readonly Lock _gate = new();
    private (bool Succeeded, long At)? _last;
    private Task? _probe;

    /// <summary>Puts down how a commit ended.</summary>
    public void Saw(bool succeeded) => Put(succeeded);

    public async Task<bool> AreCommitsSucceedingAsync(CancellationToken cancellationToken)
    {
        Task probe;
        lock (_gate)
        {
            if (_last is { } last && TimeProvider.System.GetElapsedTime(last.At) < patience.Fresh && (last.Succeeded || _probe is null))
            {
                return last.Succeeded;
            }

            // SQLite waits on the thread that asks. One that hangs is not asked again.
            probe = _probe ??= Task.Run(ProbeAsync, CancellationToken.None);
        }

        try
        {
            await probe.WaitAsync(patience.Probe, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }

        lock (_gate)
        {
            return _last is { Succeeded: true };
        }
    }

    private async Task ProbeAsync()
    {
        try
        {
            using var late = new CancellationTokenSource(patience.Probe, TimeProvider.System);
            await writer.ProbeAsync(late.Token);
            Put(true);
        }
        catch (Exception e)
        {
            Put(false);
            logger.LogWarning(e, "The store does not take events");
        }
        finally
        {
            lock (_gate)
            {
                _probe = null;
            }
        }
    }

    private void Put(bool succeeded)
    {
        lock (_gate)
        {
            _last = (succeeded, TimeProvider.System.GetTimestamp());
        }
    }
}
