using System.Globalization;

namespace Notify.Admin.Load;

internal static class Program
{
    private const string Usage = """
        Measures the product as its users meet it: a process of its own, over HTTP. README.md says how to read the figures.

          ingest        events in, batched and single, beside the floors of this machine
          sources       payloads in, kind by kind, beside /api/events
          rows          the floor under storing alone
          deliver       waiting events out to a vendor that takes everything, without pacing
          latency       one event at a time: from the request to the vendor
          history       how long lists take, and what an event costs, with so many events on record
          lists         what pages cost with very many channels: lists, Ctrl+K, /where, the overview, coverage
          interactions  what a click costs on the largest lists
          pages         what open pages cost while events come in and go out
          soak          whether memory and files stay level while ten million events come in within an hour, each delivered
          retention     what forgetting events costs PostgreSQL, by rows and with their partition, and what they take on its disk
          audit         how long pages, filters and exports of an audit trail take, with so many entries
          flood         whether attacks with bodies end a product that is started under a limit on memory: flood URL API-KEY PROCESS-ID

          --store Sqlite|PostgreSql   (PostgreSql: a server in NOTIFY_TEST_POSTGRES)
          --seconds 10  --connections 8  --batch 100  --rate 0  --events 100000  --channels 500  --history 0  --rows 1000000
          --texts indexed  --pages 200   (README.md: which of them a command has)
        """;

    private static async Task<int> Main(string[] args)
    {
        // There the test host looks for what says where the program's content is.
        Directory.SetCurrentDirectory(AppContext.BaseDirectory);
        if (args is ["flood", var url, var key, var process])
        {
            await FloodLoad.RunAsync(new Uri(url), key, int.Parse(process, CultureInfo.InvariantCulture));
            return 0;
        }

        if (args is [BareEndpoint.Command, ..])
        {
            await BareEndpoint.ServeAsync(args);
            return 0;
        }

        var options = LoadOptions.Read(args);
        switch (args.FirstOrDefault())
        {
            case "ingest":
                await IngestLoad.RunAsync(options);
                return 0;
            case "sources":
                await SourceLoad.RunAsync(options);
                return 0;
            case "deliver":
                await DeliverLoad.RunAsync(options);
                return 0;
            case "latency":
                await LatencyLoad.RunAsync(options);
                return 0;
            case "history":
                await HistoryLoad.RunAsync(options);
                return 0;
            case "retention":
                await RetentionLoad.RunAsync(options);
                return 0;
            case "lists":
                await ListsLoad.RunAsync(VeryMany(options, args));
                return 0;
            case "interactions":
                await InteractionsLoad.RunAsync(VeryMany(options, args));
                return 0;
            case "pages":
                await PagesLoad.RunAsync(options);
                return 0;
            case "soak":
                await SoakLoad.RunAsync(TenMillionAnHour(options, args));
                return 0;
            case "audit":
                await AuditLoad.RunAsync(options);
                return 0;
            case "rows":
                Console.WriteLine(await RowFloor.MeasureAsync(options.Store, TimeSpan.FromSeconds(options.Seconds)));
                return 0;
            default:
                Console.WriteLine(Usage);
                return 1;
        }
    }

    private static LoadOptions TenMillionAnHour(LoadOptions options, string[] args) => options with
    {
        Seconds = args.Contains("--seconds") ? options.Seconds : 3600,
        Rate = options.Rate == 0 ? 2778 : options.Rate,
    };

    private static LoadOptions VeryMany(LoadOptions options, string[] args) => options with
    {
        Channels = args.Contains("--channels") ? options.Channels : 100_000,
        Events = args.Contains("--events") ? options.Events : 450_000,
    };
}
