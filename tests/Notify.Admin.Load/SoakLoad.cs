using System.Diagnostics;
using Notify.Admin.Data;
using Notify.Admin.Testing;

namespace Notify.Admin.Load;

/// <summary>Whether memory, files and acknowledgements stay level over a long time: events at a steady rate, each delivered.</summary>
internal static class SoakLoad
{
    private static readonly TimeSpan Stretch = TimeSpan.FromMinutes(1);

    // The end of a stretch and that of the run come together.
    private static readonly TimeSpan ShortestStretch = TimeSpan.FromSeconds(1);

    /// <summary>So long may messages take that are not at the vendor when the last event is in.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task RunAsync(LoadOptions options)
    {
        var (connections, batch) = (options.Connections ?? 4, options.Batch ?? 100);
        Console.WriteLine(
            $"{options.Store}, {options.Channels} chatbots, {options.Rate:N0} events/s in batches of {batch} over {connections} connections for {options.Seconds:N0} s,"
            + $" each delivered, {Environment.ProcessorCount} processors");
        await using var sink = await Sink.StartAsync();
        await using var product = await ProductUnderLoad.StartAsync(options.Store, LoadChatbots.Configuration(sink.Address, perMinute: 0),
            app => LoadChatbots.AddAsync(app, options.Channels, sink.Address, intervalMinutes: 0));
        Console.WriteLine($"idle: {product.Memory().Now} MiB");
        Console.WriteLine("minute  taken in    at vendor   resident MiB  at most  anonymous  processors  store MiB");
        long accepted = 0;
        var stream = EventStream.RunAsync(product.Address, connections, batch, options.Channels, TimeSpan.FromSeconds(options.Seconds),
            options.Rate, onAccepted: events => Interlocked.Add(ref accepted, events));
        List<long> residents = [];
        while (!stream.IsCompleted)
        {
            var (began, before) = (Stopwatch.GetTimestamp(), product.ProcessorTime());
            await Task.WhenAny(stream, Task.Delay(Stretch));
            var took = Stopwatch.GetElapsedTime(began);
            if (took < ShortestStretch)
            {
                continue;
            }

            var memory = product.Memory();
            residents.Add(memory.Now);
            Console.WriteLine(
                $"{residents.Count,6}  {Interlocked.Read(ref accepted),-10:N0}  {sink.Count,-10:N0}  {memory.Now,12}  {memory.Peak,7}  {memory.Anonymous,9}"
                + $"  {(product.ProcessorTime() - before) / took,10:N2}  {StoreSize(product.Database),9}");
        }

        var result = await stream;
        Console.WriteLine(result);
        Console.WriteLine(residents is [var first, _, ..]
            ? $"resident after the first minute {first} MiB, in the later ones {residents.Skip(1).Min()} to {residents.Skip(1).Max()} MiB, at most {product.Memory().Peak} MiB"
            : $"resident {product.Memory().Now} MiB, at most {product.Memory().Peak} MiB");
        var offered = result.Events + (result.Refused.Values.Sum(refused => (long)refused) * batch);
        Console.WriteLine($"{offered:N0} events offered, {result.Events:N0} acknowledged, {offered - result.Events:N0} not");
        await ReportDeliveredAsync(sink, result.Events);
    }

    private static async Task ReportDeliveredAsync(Sink sink, long events)
    {
        var waited = Stopwatch.StartNew();
        await Task.WhenAny(sink.ReachesAsync(events), Task.Delay(Patience));
        var delivered = sink.Count;
        Console.WriteLine(delivered >= events
            ? $"all delivered {waited.Elapsed.TotalSeconds:N1} s after the last: {delivered:N0} messages, {delivered - events:N0} of them twice"
            : $"{events - delivered:N0} not delivered {waited.Elapsed.TotalSeconds:N0} s after the last");
    }

    private static string StoreSize(TestDatabase database) => database.Provider == DatabaseProvider.Sqlite
        ? $"{new DirectoryInfo(database.DataDirectory).EnumerateFiles("notify.db*").Sum(file => file.Length) >> 20:N0}"
        : "";
}
