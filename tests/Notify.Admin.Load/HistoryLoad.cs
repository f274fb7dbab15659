using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;
using Notify.Admin.Testing;

namespace Notify.Admin.Load;

/// <summary>What a long history costs: the queries of the Events and Deliveries pages, and taking in the next event.</summary>
internal static class HistoryLoad
{
    private const int PageSize = 50;

    public static async Task RunAsync(LoadOptions options)
    {
        await using var sink = await Sink.StartAsync();
        await using var product = await ProductUnderLoad.StartAsync(options.Store, LoadChatbots.Configuration(sink.Address, perMinute: 18),
            async app =>
        {
            await LoadChatbots.AddAsync(app, options.Channels, sink.Address, intervalMinutes: 1440);
            var started = Stopwatch.StartNew();
            foreach (var statement in HistorySql.Insert(options.Store, options.Events, options.Channels, DateTimeOffset.UtcNow))
            {
                await app.Database.ExecuteAsync(statement);
            }

            Console.WriteLine($"{options.Store}: {options.Events:N0} events with a delivery each, written in {started.Elapsed.TotalSeconds:N0} s");
            await MeasureListsAsync(app, options.Events);
            switch (options.Texts)
            {
                case HistoryTexts.Indexed:
                    await IndexTextsAsync(app);
                    await MeasureListsAsync(app, options.Events);
                    break;
                case HistoryTexts.Passed:
                    await app.Database.ExecuteAsync(HistorySql.PassTexts(options.Store));
                    break;
            }
        });
        // Until every chatbot has told its first event: what that costs is no part of taking in the next ones.
        do
        {
            await EventStream.RunAsync(product.Address, 8, 100, options.Channels, TimeSpan.FromSeconds(15), rate: 1000);
        }
        while (sink.Count < options.Channels);

        await EventStream.RunAsync(product.Address, 8, 100, options.Channels, TimeSpan.FromSeconds(3));
        var processor = product.ProcessorTime();
        var result = await EventStream.RunAsync(product.Address, 8, 100, options.Channels, TimeSpan.FromSeconds(options.Seconds));
        Console.WriteLine($"the next events: {result}   {(product.ProcessorTime() - processor).TotalMicroseconds / result.Events:N1} µs of a processor each");
    }

    private static async Task IndexTextsAsync(NotifyAdminApp app)
    {
        const int batch = 5000;
        var index = app.Services.GetRequiredService<EventTextIndex>();
        var started = Stopwatch.StartNew();
        var (added, total) = (0, 0);
        do
        {
            await using var context = await app.Services.GetRequiredService<PatientContexts>().CreateDbContextAsync(CancellationToken.None);
            added = await index.AddAsync(context, DateTimeOffset.UtcNow, batch, CancellationToken.None);
            total += added;
        }
        while (added == batch);
        Console.WriteLine($"  index of texts: {total:N0} events in {started.Elapsed.TotalSeconds:N0} s, {started.Elapsed.TotalMicroseconds / Math.Max(1, total):N0} µs each");
    }

    private static async Task MeasureListsAsync(NotifyAdminApp app, int count)
    {
        var deliveries = app.Services.GetRequiredService<DeliveryStore>();
        var events = app.Services.GetRequiredService<EventStore>();
        var middle = HistorySql.IdOf(count / 2);
        (string Name, Func<Task<int>> Read)[] lists =
        [
            ("deliveries, first page", () => DeliveriesAsync(new DeliveryFilter())),
            ("deliveries, far down", () => DeliveriesAsync(new DeliveryFilter(), new PageCursor(count / 10, null))),
            ("deliveries, failed and given up",
            () => DeliveriesAsync(new DeliveryFilter { States = [DeliveryState.Failed, DeliveryState.GivenUp] })),
            ("deliveries, one channel", () => DeliveriesAsync(new DeliveryFilter { Channel = new ChannelKey(ChannelKind.DingTalk, 7) })),
            ("deliveries, one channel, failed",
            () => DeliveriesAsync(new DeliveryFilter { Channel = new ChannelKey(ChannelKind.DingTalk, 7),
            States = [DeliveryState.Failed] })),
            ("deliveries, an hour last month",
            () => DeliveriesAsync(new DeliveryFilter { From = DateTimeOffset.UtcNow.AddDays(-30), To = DateTimeOffset.UtcNow.AddDays(-30)
            .AddHours(1) })),
            ("deliveries, an event's id", () => DeliveriesAsync(new DeliveryFilter { Text = middle })),
            ("deliveries, a word of many titles", () => DeliveriesAsync(new DeliveryFilter { Text = "webshell" })),
            ("deliveries, a word of one old title", () => DeliveriesAsync(new DeliveryFilter { Text = HistorySql.RareWord })),
            ("deliveries, a title of one in 5,000", () => DeliveriesAsync(new DeliveryFilter { Text = "web-4711" })),
            ("deliveries, a text of none", () => DeliveriesAsync(new DeliveryFilter { Text = "nowhere to be found" })),
            ("events, first page", () => EventsAsync(new EventFilter())),
            ("events, one severity and source",
            () => EventsAsync(new EventFilter { Severity = Severity.Critical, Source = HistorySql.Source })),
            ("events, heard by nobody", () => EventsAsync(new EventFilter { Matched = false })),
            ("events, a word of one old title", () => EventsAsync(new EventFilter { Text = HistorySql.RareWord })),
        ];
        foreach (var (name, read) in lists)
        {
            List<double> times = [];
            var rows = 0;
            for (var i = 0; i < 5; i++)
            {
                var started = Stopwatch.GetTimestamp();
                rows = await read();
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {name,-36} {times[0],7:N0} ms at first, then {times.Skip(1).Max(),6:N0} ms   {rows} rows"));
        }

        async Task<int> DeliveriesAsync(DeliveryFilter filter, PageCursor cursor = default) =>
            (await deliveries.ListAsync(filter, cursor, PageSize, IdPages.Budget, CancellationToken.None)).Rows.Count;

        async Task<int> EventsAsync(EventFilter filter) =>
            (await events.ListAsync(filter, PageCursor.Newest, PageSize, IdPages.Budget, CancellationToken.None)).Rows.Count;
    }
}
