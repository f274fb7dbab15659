using System.Collections.Concurrent;

namespace Notify.Admin.Background;

/// <summary>The background work of this instance.</summary>
public sealed class WorkRegister(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, WorkRecord> _records = new(StringComparer.Ordinal);

    public IEnumerable<WorkRecord> All => _records.Values.OrderBy(record => record.Name, StringComparer.Ordinal);

    /// <param name="name">As in <see cref="WorkSchedule.Name"/>.</param>
    public WorkRecord Open(string name, ILogger logger) => _records.GetOrAdd(name, _ => new WorkRecord(name, time, logger));
}
