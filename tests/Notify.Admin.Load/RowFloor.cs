using System.Diagnostics;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Events;
using Notify.Admin.Testing;

namespace Notify.Admin.Load;

/// <summary>The floor under storing: the same rows on the same schema and indexes, written by one thread in transactions of 2,000, without
/// HTTP, parsing, matching or queue.</summary>
internal static class RowFloor
{
    private const int PerCommit = 2000;

    /// <returns>Events, each with one delivery, per second; and the processor time of one in this process.</returns>
    public static async Task<(double PerSecond, TimeSpan Processor)> MeasureAsync(DatabaseProvider provider, TimeSpan length)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = (ProviderContextFactory)await database.MigrateAsync(CancellationToken.None);
        var rows = provider.EventRows();
        var started = Stopwatch.StartNew();
        var processor = Environment.CpuUsage.TotalTime;
        long written = 0;
        while (started.Elapsed < length)
        {
            var now = DateTimeOffset.UtcNow;
            List<NewEvent> events = [.. Enumerable.Range(0, PerCommit)
                .Select(i => LoadEvents.Of(written + i, now, new ChannelKey(ChannelKind.DingTalk, (int)((written + i) % 500) + 1)))];
            await using var context = contexts.CreateForIntake();
            await using var transaction = await context.Database.BeginTransactionAsync();
            await rows.InsertAsync(context, events, now, CancellationToken.None);
            await transaction.CommitAsync();
            written += PerCommit;
        }

        return (written / started.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor) / written);
    }
}
