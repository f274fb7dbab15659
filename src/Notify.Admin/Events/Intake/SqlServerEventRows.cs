using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Events;

/// <summary><c>SqlBulkCopy</c>, with the events' ids taken from their sequence beforehand.</summary>
internal sealed class SqlServerEventRows : IEventRows
{
    private const string TakeIds = $$"""
        DECLARE @first sql_variant;
        EXEC sys.sp_sequence_get_range @sequence_name = N'{{SqlServerNotifyDbContext.EventIds}}', @range_size = {0}, @range_first_value = @first OUTPUT;
        SELECT CAST(@first AS bigint) AS [Value];
        """;

    public async Task InsertAsync(NotifyDbContext context, IReadOnlyList<NewEvent> events, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        // The statement is read as it is: composed further, EF would make it a part of a larger one.
        var first = (await context.Database.SqlQueryRaw<long>(TakeIds, (long)events.Count).ToListAsync(cancellationToken))[0];
        for (var i = 0; i < events.Count; i++)
        {
            events[i].Row.Id = first + i;
        }

        await SqlServerBulk.CopyAsync(context, [.. events.Select(e => e.Row)], withIds: true, cancellationToken);
        await SqlServerBulk.CopyAsync(context, [.. events.SelectMany(e => e.Deliveries(e.Row.Id, now))], withIds: false, cancellationToken);
    }
}
