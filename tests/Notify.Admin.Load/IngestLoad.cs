using System.Globalization;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Notify.Admin.Load;

/// <summary>How fast events are taken: 500 chatbots of which one hears each event; event and delivery are committed before the answer.</summary>
internal static class IngestLoad
{
    private const int FirstGroup = 100;

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

        await using var product = await ProductUnderLoad.StartAsync(options.Store, Configuration(), app => PrepareAsync(app, options.Channels));
        Console.WriteLine($"idle: {product.Memory().Now} MiB");
        foreach (var (connections, size) in shapes)
        {
            await EventStream.RunAsync(product.Address, connections, size, options.Channels, TimeSpan.FromSeconds(3));
            if (options.Rate == 0)
            {
                var before = product.ProcessorTime();
                var full = await EventStream.RunAsync(product.Address, connections, size, options.Channels, length);
                Report("as many as are taken  ", connections, size, full, product, product.ProcessorTime() - before);
                var half = await EventStream.RunAsync(product.Address, connections, size, options.Channels, length, (int)(full.PerSecond / 2));
                Report("at half that rate     ", connections, size, half, product, null);
            }
            else
            {
                var paced = await EventStream.RunAsync(product.Address, connections, size, options.Channels, length, options.Rate);
                Report("at the asked rate     ", connections, size, paced, product, null);
            }
        }
    }

    // Chatbots are paced at one message a minute: this measures taking in, and what was matched is on record as waiting.
    private static Dictionary<string, string> Configuration() => new()
    {
        ["DingTalk:AllowedWebhooks:0"] = "http://127.0.0.1:9/robot/send",
        ["Delivery:DingTalkPerMinute"] = "1",
    };

    private static async Task PrepareAsync(NotifyAdminApp app, int channels)
    {
        var chatbots = app.Services.GetRequiredService<DingTalkChatbotService>();
        for (var i = 0; i < channels; i++)
        {
            await chatbots.SaveAsync(
                new ChatbotChange
                {
                    Name = $"Chatbot {i}",
                    Webhook = $"http://127.0.0.1:9/robot/send?access_token={Guid.NewGuid():N}{Guid.NewGuid():N}",
                    Rules = TestChatbots.Everything,
                    GroupIds = [(FirstGroup + i).ToString(CultureInfo.InvariantCulture)],
                    IntervalMinutes = 1440,
                },
                Actor.System,
                CancellationToken.None);
        }
    }

    private static void Report(string what, int connections, int size, StreamResult result, ProductUnderLoad product, TimeSpan? processor) => Console.WriteLine(
        $"{what} {connections,3} × {size,3}: {result}   {product.Memory().Now} MiB (peak {product.Memory().Peak})"
        + (processor is { } used ? $"   {used / result.Took:N2} processors, {used.TotalMicroseconds / result.Events:N1} µs of them an event" : ""));
}
