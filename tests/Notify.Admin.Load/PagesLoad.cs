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
    private static readonly PageKind[] Kinds =
    [
        new("Overview", _ => ""),
        new("Events", _ => "events"),
        new("Deliveries", _ => "deliveries"),
        new("Chatbots", _ => ChannelLinks.ToList(ChannelKind.DingTalk)),
        new("a chatbot's activity", i => ChannelLinks.ToActivity(new ChannelKey(ChannelKind.DingTalk, 1 + (i % 100)))),
        new("a chatbot's form", i => ChannelLinks.ToForm(new ChannelKey(ChannelKind.DingTalk, 1 + (i % 100)))),
    ];

    public static async Task RunAsync(LoadOptions options)
    {
        var rate = options.Rate == 0 ? 1000 : options.Rate;
        Console.WriteLine($"{options.Store}, {options.Channels} chatbots, {rate:N0} events/s in batches of {Batch}, each delivered, {Environment.ProcessorCount} processors");
        IReadOnlyList<string> cookies = [];
        await using var sink = await Sink.StartAsync();
        await using var product = await ProductUnderLoad.StartAsync(options.Store, LoadChatbots.Configuration(sink.Address, perMinute: 0),
            async app =>
            {
                await LoadChatbots.AddAsync(app, options.Channels, sink.Address, intervalMinutes: 0);
                cookies = await CookiesAsync(app);
            });

        async Task<StreamResult?> EventsAsync(int seconds) => await EventStream.RunAsync(
            product.Address, Connections, Batch, options.Channels, TimeSpan.FromSeconds(seconds), rate);

        Task<PagesResult> LiveAsync(IReadOnlyList<OpenPage> pages) =>
            PageSet.MeasureAsync(product, pages, () => EventsAsync(options.Seconds));

        // Until the program is compiled.
        await EventsAsync(10);
        await using (await PageSet.OpenAsync(product.Address, cookies, Kinds, Kinds.Length * cookies.Count))
        {
            await EventsAsync(15);
        }

        var alone = await LiveAsync([]);
        Console.WriteLine($"no page           : {alone}");
        foreach (var count in ((int[])[1, 20, options.Pages]).Where(count => count <= options.Pages).Distinct())
        {
            var before = product.Memory().Now;
            await using var pages = await PageSet.OpenAsync(product.Address, cookies, Kinds, count);
            var idle = await PageSet.MeasureAsync(product, pages.All, async () =>
            {
                await Task.Delay(5000);
                return null;
            });
            Console.WriteLine($"{count,3} pages, no event: {idle}{(idle.Memory - before) / (double)count:N1} MiB a page");
            var live = await LiveAsync(pages.All);
            Console.WriteLine($"{count,3} pages          : {live}   {(live.Processors - alone.Processors) / count * 1000:N1} ms of a processor a second for each");
            live.Print(Kinds);
            foreach (var page in pages.All)
            {
                page.Hide();
            }

            Console.WriteLine($"{count,3} hidden         : {await LiveAsync(pages.All)}");
            foreach (var page in pages.All)
            {
                await page.BreakAsync();
            }

            Console.WriteLine($"{count,3} cut off        : {await LiveAsync([])}");
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
