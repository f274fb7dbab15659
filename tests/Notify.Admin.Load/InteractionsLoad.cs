using System.Globalization;
using Notify.Admin.Channels;

namespace Notify.Admin.Load;

/// <summary>What a click costs on the largest lists: each goes to another address of an open page, through its circuit, until the page is
/// drawn. With so many channels and events as <see cref="ListsLoad"/> fills in.</summary>
internal static class InteractionsLoad
{
    private const int Warm = 6;
    private const int Times = 30;

    public static async Task RunAsync(LoadOptions options)
    {
        IReadOnlyList<string> cookies = [];
        await using var sink = await Sink.StartAsync();
        await using var product = await ProductUnderLoad.StartAsync(options.Store, LoadChatbots.Configuration(sink.Address, perMinute: 18),
            async app =>
            {
                await ListsLoad.FillAsync(app, options, sink.Address);
                cookies = await PagesLoad.CookiesAsync(app);
            });
        Console.WriteLine($"{options.Store}: {options.Channels:N0} integrations, as many chatbots, {options.Events:N0} events; each {Times} times, {product.Memory().Now} MiB");
        await using (var page = await OpenPage.OpenAsync(product.Address, cookies[0], ""))
        {
            // Its names and rules are read, and what runs in the background after a start is done.
            await Task.Delay(TimeSpan.FromSeconds(30));
        }

        var (began, used) = (TimeProvider.System.GetTimestamp(), product.ProcessorTime());
        await Task.Delay(TimeSpan.FromSeconds(10));
        var idle = (product.ProcessorTime() - used) / TimeProvider.System.GetElapsedTime(began);
        Console.WriteLine($"idle: {idle:N3} processors, taken off below");
        foreach (var (name, paths) in Clicks(options))
        {
            await MeasureAsync(product, cookies[0], name, paths, idle);
        }
    }

    private static IEnumerable<(string Name, Func<int, string> PathOf)> Clicks(LoadOptions options)
    {
        foreach (var kind in (ChannelKind[])[ChannelKind.DingTalk, ChannelKind.Slack])
        {
            var list = ChannelLinks.ToList(kind);
            yield return ($"{kind}: the next page", i => $"{list}?page={i + 1}");
            yield return ($"{kind}: a page far down", i => $"{list}?page={(options.Channels / 60) + i}");
            yield return ($"{kind}: another order", i => $"{list}?sort={(i % 2 == 0 ? "-" : "")}{(i % 4 < 2 ? "destination" : "health")}");
            yield return ($"{kind}: a filter", i => $"{list}?state={(i % 2 == 0 ? "on" : "off")}");
            yield return ($"{kind}: a search", i => $"{list}?q=team+{1000 + i}");
            yield return ($"{kind}: a channel and back", i =>
                i % 2 == 0 ? ChannelLinks.ToForm(new ChannelKey(kind, 100 + i)) : list);
            yield return ($"{kind}: a channel's activity", i => ChannelLinks.ToActivity(new ChannelKey(kind, 100 + i)));
        }

        yield return ("Events: a filter", i => $"events?severity={(i % 2 == 0 ? "Critical" : "Low")}");
        yield return ("Events: an event", i => $"events?open={options.Events - i}");
        yield return ("Deliveries: a filter", i => $"deliveries?state={(i % 2 == 0 ? "sent" : "failed")}");
        yield return ("Overview: another range", i => $"?time={(i % 2 == 0 ? "1h" : "7d")}");
        yield return ("from page to page", i => (i % 4) switch
        {
            0 => "",
            1 => "events",
            2 => "deliveries",
            _ => ChannelLinks.ToList(ChannelKind.DingTalk),
        });
    }

    private static async Task MeasureAsync(ProductUnderLoad product, string cookie, string name, Func<int, string> pathOf, double idle)
    {
        // One further down than the first, which may be the address already.
        await using var page = await OpenPage.OpenAsync(product.Address, cookie, pathOf(Warm + Times));
        for (var i = 0; i < Warm; i++)
        {
            await page.GoAsync(pathOf(i));
        }

        List<double> times = [];
        var (began, processor, renders, bytes) = (TimeProvider.System.GetTimestamp(), product.ProcessorTime(), page.Renders,
            page.WireBytes);
        for (var i = Warm; i < Warm + Times; i++)
        {
            times.Add((await page.GoAsync(pathOf(i))).TotalMilliseconds);
        }

        var took = TimeProvider.System.GetElapsedTime(began);
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {name,-34} {(product.ProcessorTime() - processor - (took * idle)).TotalMilliseconds / Times,6:N1} ms of a processor   drawn after {times[Times / 2],6:N0} ms (median), {times[^1],6:N0} ms at most   {(page.Renders - renders) / (double)Times,4:N1} renders, {(page.WireBytes - bytes) / 1000.0 / Times,6:N1} kB"));
    }
}
