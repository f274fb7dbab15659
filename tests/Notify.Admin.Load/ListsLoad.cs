using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Bell;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Coverage;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.Events;
using Notify.Admin.Finding;
using Notify.Admin.Overview;
using Notify.Admin.Security;
using Notify.Admin.Shared;
using Notify.Admin.Slack;
using Notify.Admin.Testing;
using Notify.Admin.WhereTo;

namespace Notify.Admin.Load;

/// <summary>What pages cost on the server with very many channels and a quarter of events: lists, Ctrl+K, where an event would go, the
/// overview, coverage.</summary>
internal static class ListsLoad
{
    private const int Times = 15;

    public static async Task RunAsync(LoadOptions options)
    {
        await using var sink = await Sink.StartAsync();
        await using var database = await TestDatabase.CreateAsync(options.Store);
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Database = database,
            Configuration = LoadChatbots.Configuration(sink.Address, perMinute: 18),
        });
        var started = Stopwatch.StartNew();
        await FillAsync(app, options, sink.Address);
        Console.WriteLine($"{options.Store}: {options.Channels:N0} integrations, as many chatbots, {options.Events:N0} events in 90 days, written in {started.Elapsed.TotalSeconds:N0} s");
        await MeasureAsync(app, options);
    }

    /// <summary>The channels, and what was sent to them.</summary>
    public static async Task FillAsync(NotifyAdminApp app, LoadOptions options, Uri vendor)
    {
        var now = DateTimeOffset.UtcNow;
        await app.AddSlackIntegrationAsync("C0LISTS0001", slack => slack.Tags = ChannelTags.Write(["prod", ListSql.Tag]));
        await LoadChatbots.AddAsync(app, 1, vendor, intervalMinutes: 10);
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync();
        foreach (var statement in (IEnumerable<string>)[.. ListSql.Channels(context.Model, options.Channels),
            .. ListSql.Lanes(options.Channels, now), .. HistorySql.Insert(options.Store, options.Events, options.Channels, now),
            .. ListSql.Messages(), .. ListSql.Finish(options.Store)])
        {
            await app.Database.ExecuteAsync(statement);
        }
    }

    private static async Task MeasureAsync(NotifyAdminApp app, LoadOptions options)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var actor = await app.AdminActorAsync();
        var stop = CancellationToken.None;
        await ReportAsync("rules and names, read anew", null, async () =>
        {
            await app.Services.GetRequiredService<CurrentRules>().ReadAsync(stop);
            return $"{(await app.Services.GetRequiredService<ChannelDirectory>().ListAsync(stop)).All.Count} channels";
        });

        var slack = app.Services.GetRequiredService<SlackIntegrationService>();
        var chatbots = app.Services.GetRequiredService<ChatbotStatusService>();
        foreach (var (name, query) in Queries())
        {
            await ReportAsync($"Slack, {name}", 200, async () =>
                await PageAsync(app, ChannelKind.Slack, actor, (await slack.ListAsync(query, actor, stop)).Items.Select(row => row.Id)));
            await ReportAsync($"DingTalk, {name}", 200, async () =>
                await PageAsync(app, ChannelKind.DingTalk, actor,
                    (await chatbots.ListAsync(query, actor, stop)).Items.Select(row => row.Id)));
        }

        var find = app.Services.GetRequiredService<FindService>();
        string[] texts = ["alerts of team 4711", "aler", ListSql.RareWord, "nowhere", "test team 12", ListSql.Tag, HistorySql.IdOf(777),
            "web-4711", "chatbots"];
        foreach (var text in texts)
        {
            await ReportAsync($"Ctrl+K: {text}", 100, async () =>
                $"{(await find.FindAsync(text, actor, stop)).Sum(group => group.Items.Count)} found");
        }

        var where = app.Services.GetRequiredService<WhereToService>();
        var asked = await where.FindAsync(options.Events, actor, stop) ?? throw new InvalidOperationException("There is no event.");
        foreach (var search in new[] { null, "team 4711" })
        {
            await ReportAsync($"/where, {search ?? "all channels"}", null, async () =>
            {
                var answer = await where.AskAsync(asked, WhereToQuery.Parse(search, 1, 1), actor, stop);
                return $"{answer.Sent.Total} of {answer.Channels}";
            });
        }

        foreach (var range in ChartRange.All)
        {
            // Its counts are shared for ten times what they take: another service counts anew.
            await ReportAsync($"Overview, {range.Name}, counted anew", null, () => OverviewAsync(
                ActivatorUtilities.CreateInstance<OverviewService>(app.Services), range, actor));
            await ReportAsync($"Overview, {range.Name}, counts shared", 200, () => OverviewAsync(
                app.Services.GetRequiredService<OverviewService>(), range, actor));
        }

        await ReportAsync("coverage, counted anew", 500, () => CoverageAsync(
            ActivatorUtilities.CreateInstance<CoverageService>(app.Services), null, actor));
        await ReportAsync("coverage, counts shared", 500, () => CoverageAsync(
            app.Services.GetRequiredService<CoverageService>(), null, actor));
        await ReportAsync("coverage, one asset group", 500, () => CoverageAsync(
            ActivatorUtilities.CreateInstance<CoverageService>(app.Services), "4711", actor));
        await ReportAsync("the bell", null, async () => $"{(await app.Services.GetRequiredService<ChannelNotices>().ListAsync(stop)).Count} causes");
        await ReportAsync("a channel's page, 30 d", 200, async () =>
        {
            var activity = await app.Services.GetRequiredService<ChannelActivityService>()
                .GetAsync(new ChannelKey(ChannelKind.DingTalk, 7), ChartRange.All[^1], actor, stop);
            return $"{activity.Newest.Count} deliveries";
        });
        await ReportAsync("a month's messages, counted anew", null, async () =>
            $"{(await app.Services.GetRequiredService<MonthlyUseStore>().CountAsync(ChannelKind.DingTalk, DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(-7), stop)).Channels.Sum(use => use.Used)} messages");
        await ReportAsync("events, first page", 200, async () =>
            $"{(await app.Services.GetRequiredService<EventStore>().ListAsync(new EventFilter(), PageCursor.Newest, 50, IdPages.Budget, stop)).Rows.Count} rows");
        await ReportAsync("deliveries, first page", 200, async () =>
            $"{(await app.Services.GetRequiredService<DeliveryStore>().ListAsync(new DeliveryFilter(), PageCursor.Newest, 50, IdPages.Budget, stop)).Rows.Count} rows");
    }

    private static IEnumerable<(string Name, ChannelListQuery Query)> Queries() =>
    [
        ("first page", new ChannelListQuery()),
        .. Enum.GetValues<ChannelSort>().SelectMany(sort => new[] { false, true }.Select(descending =>
            ($"by {sort}{(descending ? ", descending" : "")}", new ChannelListQuery(Sort: sort, Descending: descending)))).Skip(1),
        .. Enum.GetValues<ChannelFilter>().Skip(1).Select(filter => ($"only {filter}", new ChannelListQuery(Filter: filter))),
        ("a tag", new ChannelListQuery(Tag: ListSql.Tag)),
        ("a word of all", new ChannelListQuery(Search: ListSql.CommonWord)),
        ("a word of one", new ChannelListQuery(Search: ListSql.RareWord)),
        ("a word of none", new ChannelListQuery(Search: "nowhere")),
        ("far down", new ChannelListQuery(Page: 3000)),
    ];

    // What a list's page reads beside its rows.
    private static async Task<string> PageAsync(NotifyAdminApp app, ChannelKind kind, Actor actor, IEnumerable<int> ids)
    {
        var tags = await app.Services.GetRequiredService<IDeliveryDesk>().ListTagsAsync(actor, CancellationToken.None);
        await app.Services.GetRequiredService<ProvisionedMarks>().ListAsync(AuditedChannel.KindOf(kind), CancellationToken.None);
        var keys = ids.Select(id => new ChannelKey(kind, id)).ToList();
        await app.Services.GetRequiredService<PauseService>().ListAsync(keys, actor, CancellationToken.None);
        return $"{keys.Count} rows, {tags.Count} tags";
    }

    private static async Task<string> OverviewAsync(OverviewService overview, ChartRange range, Actor actor)
    {
        var picture = await overview.GetAsync(range, actor, CancellationToken.None);
        return $"{picture.Problems.Count} causes";
    }

    private static async Task<string> CoverageAsync(CoverageService coverage, string? group, Actor actor) =>
        $"{(await coverage.GetAsync(group, actor, CancellationToken.None)).Lines.Count} types";

    private static async Task ReportAsync(string name, int? goal, Func<Task<string>> ask)
    {
        List<double> times = [];
        var what = "";
        for (var i = 0; i < Times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            what = await ask();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        var first = times[0];
        times.Sort();
        var median = times[Times / 2];
        var verdict = goal is null ? "" : median <= goal ? $"  goal {goal}" : $"  goal {goal} MISSED";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {name,-40} {times[0],6:N0} ms at least {median,6:N0} median {times[^1],6:N0} at most ({first,6:N0} at first)  {what}{verdict}"));
    }
}
