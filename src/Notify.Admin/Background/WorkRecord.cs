namespace Notify.Admin.Background;

/// <summary>Failures in a row of one piece of background work.</summary>
/// <param name="Code">The type of the last exception; the log has the rest.</param>
public sealed record WorkFailures(int Count, DateTimeOffset Since, string Code);

/// <summary>How one piece of background work goes. Counts its failures in a row, logs them with their exceptions, and is what health and
/// the overview read.</summary>
public sealed class WorkRecord(string name, TimeProvider time, ILogger logger)
{
    /// <summary>From so many failures in a row on the work counts as failing: one may be a store that restarts.</summary>
    public const int Failing = 4;

    private readonly Lock _gate = new();
    private WorkFailures? _failures;

    public string Name => name;

    /// <summary>Set while the work is failing.</summary>
    public WorkFailures? Trouble => _failures is { Count: >= Failing } failures ? failures : null;

    /// <summary>Counts a failure. The first, second, fourth, eighth… in a row is logged: work that fails every second for an hour must
    /// not fill the log.</summary>
    /// <returns>How many in a row there are now.</returns>
    public int Failed(Exception exception)
    {
        WorkFailures failures;
        lock (_gate)
        {
            failures = _failures = new WorkFailures(
                (_failures?.Count ?? 0) + 1, _failures?.Since ?? time.GetUtcNow(), exception.GetType().Name);
        }

        if (int.IsPow2(failures.Count))
        {
            logger.Log(failures.Count < Failing ? LogLevel.Warning : LogLevel.Error, exception,
                "Background work {Work} failed, {Failures} times in a row since {Since:u}. It is tried again", name, failures.Count,
                failures.Since);
        }

        return failures.Count;
    }

    public void Succeeded()
    {
        // Without failures, which is nearly always, there is nothing to end and no lock to take.
        if (_failures is null)
        {
            return;
        }

        WorkFailures? failures;
        lock (_gate)
        {
            (failures, _failures) = (_failures, null);
        }

        if (failures is not null)
        {
            logger.LogInformation("Background work {Work} works again after {Failures} failures", name, failures.Count);
        }
    }
}
