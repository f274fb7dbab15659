using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deliveries;

public sealed class LaneRowsTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 21, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Begin_ByTheProvidersWriter_LeavesWhatTheModelWouldWrite(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        var seed = new ActivitySeed(contexts) { Now = Now };
        var fast = await BeginAsync(contexts, provider.LaneRows(), seed);
        var tracked = await BeginAsync(contexts, new TrackedLaneRows(), seed);

        await ShouldBeAlikeAsync(contexts, fast, tracked);
        (await StoredAsync(contexts, fast)).Links.ShouldBe(2);
    }

    [Theory, DatabaseData]
    public async Task End_ByTheProvidersWriter_LeavesWhatTheModelWouldWrite(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        var seed = new ActivitySeed(contexts) { Now = Now };
        await AddLaneAsync(contexts, Lane(7));
        var fast = await BeginAsync(contexts, provider.LaneRows(), seed);
        var tracked = await BeginAsync(contexts, new TrackedLaneRows(), seed);
        await EndAsync(contexts, provider.LaneRows(), fast);
        await EndAsync(contexts, new TrackedLaneRows(), tracked);

        await ShouldBeAlikeAsync(contexts, fast, tracked);
        (await StoredAsync(contexts, fast)).Attempts[0].ShouldContain("""{"ok":true,"text":"标题"}""");
    }

    [Theory, DatabaseData]
    public async Task Begin_OfAMessageThatIsTriedAgain_AddsAnAttemptAndNoLink(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        var rows = provider.LaneRows();
        var begun = (await BeginAsync(contexts, rows, new ActivitySeed(contexts)))[0];

        await using (var context = await contexts.CreateDbContextAsync(Stop))
        await using (var transaction = await context.Database.BeginTransactionAsync(Stop))
        {
            var again = new Begun(begun.Outgoing with { MessageId = begun.Message.Id }, begun.Message,
                new Attempt { StartedAt = Now });
            await rows.BeginAsync(context, [again], Stop);
            await transaction.CommitAsync(Stop);
            again.Attempt.Id.ShouldNotBe(begun.Attempt.Id);
        }

        var stored = await StoredAsync(contexts, [begun]);
        (stored.Attempts.Count, stored.Links).ShouldBe((2, 1));
    }

    [Theory, DatabaseData]
    public async Task Fence_OfALaneThatIsAnothers_Throws(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        var rows = provider.LaneRows();
        await AddLaneAsync(contexts, Lane(7));
        await using var context = await contexts.CreateDbContextAsync(Stop);

        await using var transaction = await context.Database.BeginTransactionAsync(Stop);
        await rows.FenceAsync(context, Lane(7), Stop);
        await Should.ThrowAsync<LeaseLostException>(async () => await rows.FenceAsync(context, Lane(8), Stop));
        await Should.ThrowAsync<LeaseLostException>(async () => await rows.FenceAsync(context, Lane(null), Stop));
    }

    [Theory, DatabaseData]
    public async Task End_OfALaneThatIsAnothers_WritesNothing(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        var rows = provider.LaneRows();
        await AddLaneAsync(contexts, Lane(7));
        var begun = await BeginAsync(contexts, rows, new ActivitySeed(contexts));
        var before = await StoredAsync(contexts, begun);

        await Should.ThrowAsync<LeaseLostException>(() => EndAsync(contexts, rows, begun, Lane(8)));

        var after = await StoredAsync(contexts, begun);
        after.Messages.ShouldBe(before.Messages);
        after.Attempts.ShouldBe(before.Attempts);
        after.Deliveries.ShouldBe(before.Deliveries);
        await using var context = await contexts.CreateDbContextAsync(Stop);
        (await context.ChannelLanes.Select(l => l.SentCount).SingleAsync(Stop)).ShouldBe(0);
    }

    // Everything but what is not the worker's to write after a verdict: another property of the lane's shows here until it is decided.
    [Theory, DatabaseData]
    public async Task EndOfALane_LeavesWhatTheModelWouldWrite(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        ChannelLane Full(int id) => new()
        {
            Id = id,
            ChannelKind = ChannelKind.Slack,
            ChannelId = id,
            LeaseToken = 7,
            Condition = ChannelCondition.NeedsAttention,
            LastCode = new string('c', 80),
            LastDetail = "one\nline 标题\0" + new string('d', 1100),
            SameCodeCount = 2,
            FailureCount = 3,
            RefusedCount = 4,
            BackoffUntil = Now.AddMinutes(1),
            AttentionRevision = 5,
            FailingSince = Now.AddMinutes(-2),
            LastSuccessAt = Now.AddMinutes(-3),
            LastFailureAt = Now.AddMinutes(-4),
            IntervalFrom = Now.AddMinutes(-5),
            DrillAt = Now.AddDays(1),
            LastDrillAt = Now.AddDays(-1),
            LastDrillAccepted = true,
            SentCount = 1,
            FailedCount = 1,
            GivenUpCount = 1,
        };
        ChannelLane[] empty = [new() { Id = 2, ChannelKind = ChannelKind.Slack, ChannelId = 2, LeaseToken = 7 }, Full(3)];
        await using (var context = await contexts.CreateDbContextAsync(Stop))
        {
            context.ChannelLanes.AddRange([Full(1), .. empty]);
            await context.SaveChangesAsync(Stop);
        }

        await using (var context = await contexts.CreateDbContextAsync(Stop))
        {
            var rows = provider.LaneRows();
            await using var transaction = await context.Database.BeginTransactionAsync(Stop);
            await rows.EndAsync(context, Full(2), [], [.. new[] { DeliveryState.Sent, DeliveryState.Failed, DeliveryState.GivenUp,
                DeliveryState.Retrying }.Select(state => new Delivery { MatchReason = "rule", State = state })], Stop);
            await rows.EndAsync(context, new ChannelLane { Id = 3, LeaseToken = 7 }, [], [], Stop);
            await transaction.CommitAsync(Stop);
        }

        await using (var context = await contexts.CreateDbContextAsync(Stop))
        {
            var lanes = await context.ChannelLanes.AsNoTracking().OrderBy(l => l.Id).ToListAsync(Stop);
            var written = Values(context, lanes, "ChannelId");
            written[1].ShouldBe(written[0]);
            (lanes[2].LastCode, lanes[2].BackoffUntil, lanes[2].LastDrillAccepted, lanes[2].SentCount).ShouldBe((null, null, null, 1));
        }
    }

    // One message with every column that may be empty filled, one with none.
    private static async Task<IReadOnlyList<Begun>> BeginAsync(IDbContextFactory<NotifyDbContext> contexts, ILaneRows rows,
        ActivitySeed seed)
    {
        var full = await seed.DeliveryAsync(DeliveryState.Held,
            with: d => (d.Code, d.HeldSince, d.HoldReason) = ("rate_limited", Now.AddMinutes(-1), HoldReason.Interval));
        var bare = await seed.DeliveryAsync(DeliveryState.Waiting);
        Message[] messages = [MessageOf(full, "D-1", "admin@example.test"), MessageOf(bare, "D-2", null)];

        await using var context = await contexts.CreateDbContextAsync(Stop);
        await using var transaction = await context.Database.BeginTransactionAsync(Stop);
        Begun[] begun = [Begin(full, messages[0]), Begin(bare, messages[1])];
        (full.State, full.HoldReason, full.HeldSince, full.FirstAttemptAt, full.Attempts) =
            (DeliveryState.Sending, HoldReason.None, null, Now, 1);
        await rows.BeginAsync(context, begun, Stop);
        await transaction.CommitAsync(Stop);
        return begun;
    }

    private static ChannelLane Lane(long? token) => new() { Id = 1, ChannelKind = ChannelKind.Slack, ChannelId = 1, LeaseToken = token };

    private static async Task AddLaneAsync(IDbContextFactory<NotifyDbContext> contexts, ChannelLane lane)
    {
        await using var context = await contexts.CreateDbContextAsync(Stop);
        context.ChannelLanes.Add(lane);
        await context.SaveChangesAsync(Stop);
    }

    private static async Task EndAsync(IDbContextFactory<NotifyDbContext> contexts, ILaneRows rows, IReadOnlyList<Begun> begun,
        ChannelLane? lane = null)
    {
        var (message, attempt, delivery) = (begun[0].Message, begun[0].Attempt, begun[0].Outgoing.Deliveries[0]);
        (message.AcceptedAt, message.VendorMessageId, message.VendorChannelId) = (Now.AddSeconds(1), "1700000000.000100", "C1");
        (attempt.DurationMilliseconds, attempt.Outcome, attempt.Code, attempt.Detail, attempt.RawAnswer) =
            (120, AttemptOutcome.Accepted, "ok", "detail", """{"ok":true,"text":"标题"}""");
        (delivery.State, delivery.Code, delivery.DueAt, delivery.ChangedAt, delivery.MostTogether, delivery.MayBeDuplicate) =
            (DeliveryState.Sent, "ok", DateTimeOffset.MaxValue, Now.AddSeconds(2), 3, true);

        await using var context = await contexts.CreateDbContextAsync(Stop);
        await using var transaction = await context.Database.BeginTransactionAsync(Stop);
        await rows.EndAsync(context, lane ?? Lane(7), begun, [.. begun.SelectMany(b => b.Outgoing.Deliveries)], Stop);
        await transaction.CommitAsync(Stop);
    }

    private static Message MessageOf(Delivery delivery, string shortId, string? requestedBy) => new()
    {
        ChannelKind = delivery.ChannelKind,
        ChannelId = delivery.ChannelId,
        Purpose = MessagePurpose.Event,
        ShortId = shortId,
        Preview = "Was gesendet wurde: 标题",
        Part = 1,
        Parts = 2,
        RequestedBy = requestedBy,
        CreatedAt = Now,
    };

    private static Begun Begin(Delivery delivery, Message message) => new(
        new Outgoing(message.Purpose, message.ShortId, new ComposedMessage("{}", message.Preview, [delivery.Id]), [delivery],
        new PartOf(1, 2)),
        message, new Attempt { StartedAt = Now });

    private static async Task ShouldBeAlikeAsync(IDbContextFactory<NotifyDbContext> contexts, IReadOnlyList<Begun> fast,
        IReadOnlyList<Begun> tracked)
    {
        var (one, other) = (await StoredAsync(contexts, fast), await StoredAsync(contexts, tracked));
        one.Messages.ShouldBe(other.Messages);
        one.Attempts.ShouldBe(other.Attempts);
        one.Deliveries.ShouldBe(other.Deliveries);
        one.Links.ShouldBe(other.Links);
    }

    // Every stored property but the identities, as the model names them: a column that a writer forgets shows.
    private static async Task<Stored> StoredAsync(IDbContextFactory<NotifyDbContext> contexts, IReadOnlyList<Begun> begun)
    {
        var messages = begun.Select(b => b.Message.Id).ToArray();
        var deliveries = begun.SelectMany(b => b.Outgoing.Deliveries.Select(d => d.Id)).ToArray();
        await using var context = await contexts.CreateDbContextAsync(Stop);
        return new Stored(
            Values(context, await context.Messages.AsNoTracking().Where(m => messages.Contains(m.Id)).OrderBy(m => m.Id).ToListAsync(Stop)),
            Values(context, await context.Attempts.AsNoTracking().Where(a => messages.Contains(a.MessageId)).OrderBy(a => a.Id)
            .ToListAsync(Stop)),
            Values(context, await context.Deliveries.AsNoTracking().Where(d => deliveries.Contains(d.Id)).OrderBy(d => d.Id)
            .ToListAsync(Stop)),
            await context.MessageDeliveries.CountAsync(m => messages.Contains(m.MessageId) && deliveries.Contains(m.DeliveryId), Stop));
    }

    private static List<string> Values<T>(NotifyDbContext context, IEnumerable<T> rows, string? but = null)
    {
        var properties = context.Model.FindEntityType(typeof(T))!.GetProperties()
            // What the row alone has says where it stands in an index.
            .Where(p => p.Name is not ("Id" or "MessageId" or "EventRowId") && p.Name != but && !p.IsShadowProperty()).ToList();
        return [.. rows.Select(row => string.Join("; ", properties.Select(p => $"{p.Name} = {p.PropertyInfo!.GetValue(row) ?? "null"}")))];
    }

    private sealed record Stored(List<string> Messages, List<string> Attempts, List<string> Deliveries, int Links);
}
