namespace Notify.Admin.Load;

/// <summary>How fast events are taken: 500 chatbots of which one hears each event; event and delivery are committed before the
/// answer.</summary>
internal static class IngestLoad
{
    public static async Task RunAsync(LoadOptions options)
    {
        var length = TimeSpan.FromSeconds(options.Seconds);
        Console.WriteLine($"{options.Store}, {options.Channels} chatbots, {Environment.ProcessorCount} processors");
        (int Connections, int Batch)[] shapes = options.Batch is { } batch ? [(options.Connections ?? 8, batch)] : [(8, 100), (64, 1)];
        foreach (var (connections, size) in shapes)
        {
            Console.WriteLine($"floor, parse only      {connections,3} × {size,3}: {await BareEndpoint.MeasureAsync(connections, size, TimeSpan.FromSeconds(5))}");
        }

        var (perSecond, processor) = await RowFloor.MeasureAsync(options.Store, TimeSpan.FromSeconds(5));
        Console.WriteLine($"floor, the rows alone            : {perSecond,10:N0} events/s   {processor.TotalMicroseconds:N1} µs of a processor an event");

        // Each chatbot tells its first event and holds the others for a day: this measures taking in.
        await using var sink = await Sink.StartAsync();
        await using var product = await ProductUnderLoad.StartAsync(
            options.Store,
            LoadChatbots.Configuration(sink.Address, perMinute: 18),
            app => LoadChatbots.AddAsync(app, options.Channels, sink.Address, intervalMinutes: 1440));
        Console.WriteLine($"idle: {product.Memory().Now} MiB");
        // Until every chatbot has told its first event, and the program is compiled.
        await EventStream.RunAsync(product.Address, 8, 100, options.Channels, TimeSpan.FromSeconds(15), rate: 1000);
        foreach (var (connections, size) in shapes)
        {
            await EventStream.RunAsync(product.Address, connections, size, options.Channels, TimeSpan.FromSeconds(3));
            if (options.Rate == 0)
            {
                var (before, serverBefore) = (product.ProcessorTime(), ServerProcessorTime.Read());
                var full = await EventStream.RunAsync(product.Address, connections, size, options.Channels, length);
                var server = ServerProcessorTime.Read() - serverBefore;
                Report("as many as are taken  ", connections, size, full, product, product.ProcessorTime() - before, server);
                var half = await EventStream.RunAsync(product.Address, connections, size, options.Channels, length,
                    (int)(full.PerSecond / 2));
                Report("at half that rate     ", connections, size, half, product);
            }
            else
            {
                var paced = await EventStream.RunAsync(product.Address, connections, size, options.Channels, length, options.Rate);
                Report("at the asked rate     ", connections, size, paced, product);
            }
        }
    }

    private static void Report(string what, int connections, int size, StreamResult result, ProductUnderLoad product,
        TimeSpan? processor = null, TimeSpan server = default) => Console.WriteLine(
        $"{what} {connections,3} × {size,3}: {result}   {product.Memory().Now} MiB (peak {product.Memory().Peak})"
        + (processor is { } used
            ? $"   {used / result.Took:N2} processors, {used.TotalMicroseconds / result.Events:N1} µs of them an event" : "")
        + (server > TimeSpan.Zero ? $" (and {server.TotalMicroseconds / result.Events:N1} µs of PostgreSQL's)" : ""));
}
