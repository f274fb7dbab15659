using Microsoft.Extensions.Options;
using Notify.Admin.Background;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Keeps PostgreSQL's partitions ahead of what comes in.</summary>
internal sealed class PartitionWorker(
    PartitionMaker partitions, IOptionsMonitor<RetentionOptions> options, WorkRegister works, TimeProvider time,
    ILogger<PartitionWorker> logger)
    : RecurringWork(works, Schedule, time, logger)
{
    // What nobody else does meanwhile, another instance is doing.
    private static readonly WorkSchedule Schedule = new("partitions", TimeSpan.FromMinutes(1));

    protected override Task RunAsync(CancellationToken stopping) =>
        partitions.RunAsync(PastPartitions.PeriodOf(options.CurrentValue.Days), stopping);
}
