using System.Diagnostics;

namespace Notify.Admin.Load;

/// <summary>How long an event takes from the request that brings it to the vendor's receiving the message, one after the other.</summary>
internal static class LatencyLoad
{
    private const int Events = 200;
    private const int WarmUp = 20;

    public static async Task RunAsync(LoadOptions options)
    {
        await using var sink = await Sink.StartAsync();
        await using var product = await ProductUnderLoad.StartAsync(
            options.Store,
            LoadChatbots.Configuration(sink.Address, perMinute: 0),
            app => LoadChatbots.AddAsync(app, options.Channels, sink.Address, intervalMinutes: 0));
        using var connection = await EventConnection.OpenAsync(product.Address, 1, options.Channels);
        List<double> acknowledged = [], received = [];
        for (var i = 0; i < WarmUp + Events; i++)
        {
            var message = sink.NextAsync();
            var started = Stopwatch.GetTimestamp();
            await connection.SendAsync(i + 1);
            var answered = Stopwatch.GetElapsedTime(started);
            var arrived = Stopwatch.GetElapsedTime(started, await message);
            if (i >= WarmUp)
            {
                acknowledged.Add(answered.TotalMilliseconds);
                received.Add(arrived.TotalMilliseconds);
            }
        }

        Console.WriteLine($"{options.Store}, {Events} events one by one: 202 after {Text(acknowledged)}; at the vendor after {Text(received)}");
    }

    private static string Text(List<double> milliseconds)
    {
        milliseconds.Sort();
        return $"{milliseconds[Events / 2]:N1} ms (median), {milliseconds[Events * 95 / 100]:N1} ms (95th), {milliseconds[^1]:N1} ms (longest)";
    }
}
