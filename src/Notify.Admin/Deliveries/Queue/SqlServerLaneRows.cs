using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Deliveries;

/// <summary>One statement a table, with all rows in one parameter.</summary>
/// <remarks>Rows that change are found by their keys, one after another (<c>LOOP JOIN</c>): a plan that looks through the table would lock
/// those of other lanes.</remarks>
internal sealed class SqlServerLaneRows : ILaneRows
{
    private const string InsertMessages = """
        INSERT INTO [Messages] ([ChannelKind], [ChannelId], [Purpose], [ShortId], [Preview], [Part], [Parts], [RequestedBy], [CreatedAt], [AcceptedAt],
            [VendorMessageId], [VendorChannelId])
        OUTPUT inserted.[ShortId] AS [For], inserted.[Id]
        SELECT [ChannelKind], [ChannelId], [Purpose], [ShortId], [Preview], [Part], [Parts], [RequestedBy], [CreatedAt], [AcceptedAt],
            [VendorMessageId], [VendorChannelId]
        FROM OPENJSON({0}) WITH ([ChannelKind] int, [ChannelId] int, [Purpose] int, [ShortId] nvarchar(max), [Preview] nvarchar(max), [Part] int,
            [Parts] int, [RequestedBy] nvarchar(max), [CreatedAt] bigint, [AcceptedAt] bigint, [VendorMessageId] nvarchar(max),
            [VendorChannelId] nvarchar(max))
        """;

    private const string InsertLinks = """
        INSERT INTO [MessageDeliveries] ([MessageId], [DeliveryId])
        SELECT [MessageId], [DeliveryId] FROM OPENJSON({1}) WITH ([MessageId] bigint, [DeliveryId] bigint);
        """;

    private const string UpdateMessages = """
        UPDATE [m] SET [AcceptedAt] = [v].[AcceptedAt], [VendorMessageId] = [v].[VendorMessageId], [VendorChannelId] = [v].[VendorChannelId]
        FROM OPENJSON({1}) WITH ([Id] bigint, [AcceptedAt] bigint, [VendorMessageId] nvarchar(max), [VendorChannelId] nvarchar(max)) AS [v]
        INNER LOOP JOIN [Messages] AS [m] ON [m].[Id] = [v].[Id];
        """;

    private const string UpdateAttempts = """
        UPDATE [a] SET [DurationMilliseconds] = [v].[DurationMilliseconds], [Outcome] = [v].[Outcome], [Code] = [v].[Code], [Detail] = [v].[Detail],
            [RawAnswer] = [v].[RawAnswer]
        FROM OPENJSON({2}) WITH ([Id] bigint, [DurationMilliseconds] int, [Outcome] int, [Code] nvarchar(max), [Detail] nvarchar(max),
            [RawAnswer] nvarchar(max)) AS [v]
        INNER LOOP JOIN [Attempts] AS [a] ON [a].[Id] = [v].[Id];
        """;

    private const string UpdateDeliveries = """
        UPDATE [d] SET [State] = [v].[State], [HoldReason] = [v].[HoldReason], [Code] = [v].[Code], [DueAt] = [v].[DueAt],
            [ChangedAt] = [v].[ChangedAt], [Attempts] = [v].[Attempts], [FirstAttemptAt] = [v].[FirstAttemptAt], [HeldSince] = [v].[HeldSince],
            [MessageId] = [v].[MessageId], [MostTogether] = [v].[MostTogether], [MayBeDuplicate] = [v].[MayBeDuplicate]
        FROM OPENJSON({0}) WITH ([Id] bigint, [State] int, [HoldReason] int, [Code] nvarchar(max), [DueAt] bigint, [ChangedAt] bigint, [Attempts] int,
            [FirstAttemptAt] bigint, [HeldSince] bigint, [MessageId] bigint, [MostTogether] int, [MayBeDuplicate] bit) AS [v]
        INNER LOOP JOIN [Deliveries] AS [d] ON [d].[Id] = [v].[Id];
        """;

    // The one that answers comes last: what the others find wrong is told before it.
    private const string Begin = UpdateDeliveries + InsertLinks + """
        INSERT INTO [Attempts] ([MessageId], [StartedAt], [DurationMilliseconds], [Outcome], [Code], [Detail], [RawAnswer])
        OUTPUT inserted.[MessageId] AS [For], inserted.[Id]
        SELECT [MessageId], [StartedAt], [DurationMilliseconds], [Outcome], [Code], [Detail], [RawAnswer]
        FROM OPENJSON({2}) WITH ([MessageId] bigint, [StartedAt] bigint, [DurationMilliseconds] int, [Outcome] int, [Code] nvarchar(max),
            [Detail] nvarchar(max), [RawAnswer] nvarchar(max))
        """;

    private const string End = UpdateDeliveries + UpdateMessages + UpdateAttempts;

    public async Task BeginAsync(NotifyDbContext context, IReadOnlyList<Begun> begun, CancellationToken cancellationToken)
    {
        List<Message> added = [.. begun.Where(b => b.Outgoing.MessageId is null).Select(b => b.Message)];
        if (added.Count > 0)
        {
            await AddAsync(context, added, cancellationToken);
        }

        foreach (var one in begun)
        {
            one.Name(one.Message.Id, 0);
        }

        var deliveries = Rows(begun.SelectMany(b => b.Outgoing.Deliveries));
        var links = RowsAsJson.Of(begun.Where(b => b.Outgoing.MessageId is null)
            .SelectMany(b => b.Outgoing.Deliveries.Select(d => new { MessageId = b.Message.Id, DeliveryId = d.Id })));
        var byMessage = begun.ToDictionary(b => b.Attempt.MessageId, b => b.Attempt);
        var attempts = Rows(begun.Select(b => b.Attempt));
        foreach (var attempt in await context.Database.SqlQueryRaw<Added<long>>(Begin, deliveries, links, attempts)
            .ToListAsync(cancellationToken))
        {
            byMessage[attempt.For].Id = attempt.Id;
        }
    }

    /// <summary>Writes new messages, and gives them their ids. No two have one short id.</summary>
    public static async Task AddAsync(NotifyDbContext context, List<Message> messages, CancellationToken cancellationToken)
    {
        var rows = RowsAsJson.Of(messages.Select(m => new
        {
            m.ChannelKind,
            m.ChannelId,
            m.Purpose,
            m.ShortId,
            Preview = ForeignText.Storable(m.Preview),
            m.Part,
            m.Parts,
            RequestedBy = ForeignText.Storable(m.RequestedBy),
            CreatedAt = m.CreatedAt.UtcTicks,
            AcceptedAt = m.AcceptedAt?.UtcTicks,
            VendorMessageId = ForeignText.Storable(m.VendorMessageId),
            VendorChannelId = ForeignText.Storable(m.VendorChannelId),
        }));
        var byShortId = messages.ToDictionary(m => m.ShortId);
        foreach (var added in await context.Database.SqlQueryRaw<Added<string>>(InsertMessages, rows).ToListAsync(cancellationToken))
        {
            byShortId[added.For].Id = added.Id;
        }
    }

    public async Task EndAsync(NotifyDbContext context, ChannelLane lane, IReadOnlyList<Begun> ended, IReadOnlyList<Delivery> deliveries,
        CancellationToken cancellationToken)
    {
        await LaneStore.FenceAsync(context, lane, cancellationToken);
        var messages = RowsAsJson.Of(ended.Select(e => new
        {
            e.Message.Id,
            AcceptedAt = e.Message.AcceptedAt?.UtcTicks,
            VendorMessageId = ForeignText.Storable(e.Message.VendorMessageId),
            VendorChannelId = ForeignText.Storable(e.Message.VendorChannelId),
        }));
        var attempts = Rows(ended.Select(e => e.Attempt));
        await context.Database.ExecuteSqlRawAsync(End, [Rows(deliveries), messages, attempts], cancellationToken);
        await LaneStore.EndAsync(context, lane, deliveries, cancellationToken);
    }

    private static string Rows(IEnumerable<Attempt> attempts) => RowsAsJson.Of(attempts.Select(a => new
    {
        a.Id,
        a.MessageId,
        StartedAt = a.StartedAt.UtcTicks,
        a.DurationMilliseconds,
        a.Outcome,
        Code = ForeignText.Storable(a.Code),
        Detail = ForeignText.Storable(a.Detail),
        RawAnswer = ForeignText.Storable(a.RawAnswer),
    }));

    private static string Rows(IEnumerable<Delivery> deliveries) => RowsAsJson.Of(deliveries.Select(d => new
    {
        d.Id,
        d.State,
        d.HoldReason,
        Code = ForeignText.Storable(d.Code),
        DueAt = d.DueAt.UtcTicks,
        ChangedAt = d.ChangedAt.UtcTicks,
        d.Attempts,
        FirstAttemptAt = d.FirstAttemptAt?.UtcTicks,
        HeldSince = d.HeldSince?.UtcTicks,
        d.MessageId,
        d.MostTogether,
        d.MayBeDuplicate,
    }));

    private sealed class Added<TFor>
    {
        public required TFor For { get; init; }

        public long Id { get; init; }
    }
}
