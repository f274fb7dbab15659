using Notify.Admin.Background;
using Notify.Admin.Data;

namespace Notify.Admin.Audit;

/// <summary>Writes what repeats have been counted, and seals what has been committed. Every instance runs one; the chain's row lets one of
/// them at a time through.</summary>
internal sealed class AuditSealer(
    AuditSealStore store, AuditRepeats repeats, ChangeFeed feed, WorkRegister works, TimeProvider time, ILogger<AuditSealer> logger)
    : RecurringWork(works, Schedule, time, logger)
{
    private const int BatchSize = 500;

    private static readonly WorkSchedule Schedule = new("audit-seal", TimeSpan.FromSeconds(1));

    /// <summary>Seals everything that may be sealed now.</summary>
    /// <returns>How many entries.</returns>
    public async Task<int> SealAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        int count;
        do
        {
            count = await store.SealAsync(BatchSize, cancellationToken);
            total += count;
        }
        while (count == BatchSize);

        if (total > 0)
        {
            feed.Announce(ChangeAreas.Audit);
        }

        return total;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(repeats.FlushAsync, cancellationToken);
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        await repeats.FlushAsync(stopping);
        await SealAsync(stopping);
    }
}
