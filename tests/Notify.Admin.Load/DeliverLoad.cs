using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;
using Notify.Admin.Testing;

namespace Notify.Admin.Load;

/// <summary>How fast messages go out: a store full of waiting deliveries, chatbots without pacing, and a vendor that takes everything at
/// once.</summary>
internal static class DeliverLoad
{
    private const int PerCommit = 2000;

    // So many are sent by a program that has just started, which compiles most of its code meanwhile. They are counted by themselves.
    private const int MostFirst = 40_000;

    public static async Task RunAsync(LoadOptions options)
    {
        Console.WriteLine($"{options.Store}, {options.Channels} chatbots, {options.Events:N0} events wait, {Environment.ProcessorCount} processors");
        await using var sink = await Sink.StartAsync();
        ChannelKey[] channels = [];
        await using var product = await ProductUnderLoad.StartAsync(options.Store, LoadChatbots.Configuration(sink.Address, perMinute: 0),
            async app =>
        {
            await LoadChatbots.AddAsync(app, options.Channels, sink.Address, intervalMinutes: 0);
            if (options.History > 0)
            {
                foreach (var statement in HistorySql.Insert(options.Store, options.History, options.Channels, DateTimeOffset.UtcNow))
                {
                    await app.Database.ExecuteAsync(statement);
                }
            }

            channels = await FillAsync(app, options.Events);
        });

        var contexts = await product.Database.MigrateAsync(CancellationToken.None);
        var first = Math.Min(MostFirst, options.Events / 2);
        var start = Measured.Now(product);
        await WakeAsync(contexts, channels);
        await sink.ReachesAsync(first);
        var (warm, told) = (Measured.Now(product), sink.Count);
        Console.WriteLine($"the first {told,9:N0} messages   {start.To(warm, told, options.Store)}");
        // Counting costs the store something, too: not before the vendor has them all.
        await sink.ReachesAsync(options.Events);
        var totals = new DeliveryTotalsStore(contexts);
        while ((await totals.ReadAsync(CancellationToken.None)).Counts[DeliveryState.Sent] < options.Events)
        {
            await Task.Delay(50);
        }

        var rest = sink.Count - told;
        Console.WriteLine($"the next  {rest,9:N0} messages   {warm.To(Measured.Now(product), rest, options.Store)}, each recorded"
            + $"   {product.Memory().Now} MiB (peak {product.Memory().Peak})");
    }

    // As intake leaves them, but for the waking of the lanes.
    private static async Task<ChannelKey[]> FillAsync(NotifyAdminApp app, int count)
    {
        var contexts = app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>();
        var rows = app.Services.GetRequiredService<IEventRows>();
        await using var context = await contexts.CreateDbContextAsync();
        var channels = await context.DingTalkChatbots.Select(c => new ChannelKey(ChannelKind.DingTalk, c.Id)).ToArrayAsync();
        for (var written = 0; written < count; written += PerCommit)
        {
            var now = DateTimeOffset.UtcNow;
            var events = Enumerable.Range(written, Math.Min(PerCommit, count - written))
                .Select(i => LoadEvents.Of(i, now, channels[i % channels.Length]));
            await using var transaction = await context.Database.BeginTransactionAsync();
            await rows.InsertAsync(context, [.. events], now, CancellationToken.None);
            await transaction.CommitAsync();
        }

        return channels;
    }

    private static async Task WakeAsync(IDbContextFactory<NotifyDbContext> contexts, ChannelKey[] channels)
    {
        await using var context = await contexts.CreateDbContextAsync();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await DeliveryQueue.WakeAsync(context, channels, DateTimeOffset.UtcNow, CancellationToken.None);
        await transaction.CommitAsync();
    }

    // What has been used so far.
    private sealed record Measured(TimeSpan Processor, TimeSpan Server, long At)
    {
        public static Measured Now(ProductUnderLoad product) =>
            new(product.ProcessorTime(), ServerProcessorTime.Read(), Stopwatch.GetTimestamp());

        public string To(Measured end, long messages, DatabaseProvider store)
        {
            var took = Stopwatch.GetElapsedTime(At, end.At);
            var processor = end.Processor - Processor;
            return $"{messages / took.TotalSeconds:N0} /s, {processor / took:N2} processors, {processor.TotalMicroseconds / messages:N0} µs of them"
                + " a message"
                + (store == DatabaseProvider.PostgreSql
                    ? $" (and {(end.Server - Server).TotalMicroseconds / messages:N0} µs of PostgreSQL's)" : "");
        }
    }
}
