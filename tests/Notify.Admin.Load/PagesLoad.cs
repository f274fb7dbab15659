using Notify.Admin.Channels;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.Load;

/// <summary>What open pages cost while events come in and go out: renders and bytes a page, and the product's processor and memory with
/// none, one, some and many of them.</summary>
internal static class PagesLoad
{
    private const int Connections = 4;
    private const int Batch = 10;

    // What people look at while something is wrong.
    private static readonly (string Name, string Path)[] Kinds =
    [
        ("Overview", ""),
        ("Events", "events"),
        ("Deliveries", "deliveries"),
        ("Chatbots", "dingtalk/chatbots"),
        ("a chatbot's activity", ChannelLinks.ToActivity(new ChannelKey(ChannelKind.DingTalk, 7))),
        ("a chatbot's form", ChannelLinks.ToForm(new ChannelKey(ChannelKind.DingTalk, 8))),
    ];

    public static async Task RunAsync(LoadOptions options)
    {
        var rate = options.Rate == 0 ? 1000 : options.Rate;
        var length = TimeSpan.FromSeconds(options.Seconds);
        Console.WriteLine($"{options.Store}, {options.Channels} chatbots, {rate:N0} events/s in batches of {Batch}, each delivered, {Environment.ProcessorCount} processors");
        IReadOnlyList<string> cookies = [];
        await using var sink = await Sink.StartAsync();
        await using var product = await ProductUnderLoad.StartAsync(options.Store, LoadChatbots.Configuration(sink.Address, perMinute: 0),
            async app =>
            {
                await LoadChatbots.AddAsync(app, options.Channels, sink.Address, intervalMinutes: 0);
                cookies = await CookiesAsync(app);
            });
        var paths = Kinds.Select(kind => kind.Path).ToList();

        Task<StreamResult> EventsAsync(TimeSpan time) =>
            EventStream.RunAsync(product.Address, Connections, Batch, options.Channels, time, rate);

        // Until the program is compiled.
        await EventsAsync(TimeSpan.FromSeconds(10));
        await using (await PageSet.OpenAsync(product.Address, cookies, paths, paths.Count * cookies.Count))
        {
            await EventsAsync(TimeSpan.FromSeconds(15));
        }

        var alone = await PageSet.MeasureAsync(product, [], () => EventsAsync(length));
        Console.WriteLine($"no page           : {alone}");
        foreach (var count in ((int[])[1, 20, options.Pages]).Where(count => count <= options.Pages).Distinct())
        {
            var before = product.Memory().Now;
            await using var pages = await PageSet.OpenAsync(product.Address, cookies, paths, count);
            var idle = await PageSet.MeasureAsync(product, pages.All, () => Task.Delay(5000));
            Console.WriteLine($"{count,3} pages, no event: {idle}   {(idle.Memory - before) / (double)count:N1} MiB a page");
            StreamResult? stream = null;
            var live = await PageSet.MeasureAsync(product, pages.All, async () => stream = await EventsAsync(length));
            Console.WriteLine($"{count,3} pages          : {live}   {(live.Processors - alone.Processors) / count * 1000:N1} ms of a processor a second for each");
            Console.WriteLine($"      {stream}");
            live.Print(Kinds);
            foreach (var page in pages.All)
            {
                page.Hide();
            }

            Console.WriteLine($"{count,3} hidden         : {await PageSet.MeasureAsync(product, pages.All, () => EventsAsync(length))}");
            foreach (var page in pages.All)
            {
                await page.BreakAsync();
            }

            Console.WriteLine($"{count,3} cut off        : {await PageSet.MeasureAsync(product, [], () => EventsAsync(length))}");
        }

        if (OpenPage.Unanswered.Count > 0)
        {
            Console.WriteLine($"answered with nothing: {string.Join(", ", OpenPage.Unanswered)}");
        }
    }

    /// <summary>Of one person in each role: a person may have a hundred pages open.</summary>
    public static async Task<IReadOnlyList<string>> CookiesAsync(NotifyAdminApp app)
    {
        List<string> cookies = [];
        foreach (var role in Roles.All)
        {
            var (name, value) = await app.SessionCookieAsync(role);
            cookies.Add($"{name}={value}");
        }

        return cookies;
    }
}
