using System.Globalization;
using System.Net;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.ChannelPages;

/// <summary>A list of channels goes out as CSV: all its pages, as they are narrowed and sorted, and nothing of a secret.</summary>
public sealed class ChannelExportTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Export_OfManyPages_IsAllOfThem_AsTheyAreNarrowedAndSorted(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        // More than are read at once.
        await AddAsync(app, 1_100, i => $"Row {i:d4}");
        await AddAsync(app, 3, i => $"Other {i}", from: 5_000);
        var viewer = await app.SignInAsAsync(Roles.Viewer);

        var rows = await ReadAsync(viewer, "slack/integrations/export?q=row&sort=-name&page=7");

        rows.Select(row => row["name"]).ShouldBe(Enumerable.Range(0, 1_100).Reverse().Select(i => $"Row {i:d4}"));
        (await ReadAsync(viewer, "slack/integrations/export?state=off")).Select(row => row["name"]).ShouldBe(
            [.. Enumerable.Range(0, 3).Where(i => i % 2 == 1).Select(i => $"Other {i}"),
                .. Enumerable.Range(0, 1_100).Where(i => i % 2 == 1).Select(i => $"Row {i:d4}")]);
    }

    [Theory, DatabaseData]
    public async Task Export_OfNamesThatAreFormulas_CalculatesNothing(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        string[] hostile = ["=HYPERLINK(\"http://x\",\"y\")", "+1", "-1", "@SUM(A1)", " =1", "＝1", "a,\"b\";c", "告警 ✓"];
        await AddAsync(app, hostile.Length, i => hostile[i]);
        var bot = await app.AddChatbotAsync("secretrobottoken", change => change with { Name = "=1+1" });
        var viewer = await app.SignInAsAsync(Roles.Viewer);

        var names = (await ReadAsync(viewer, "slack/integrations/export")).Select(row => row["name"]).ToList();
        var chatbots = await viewer.GetStringAsync("dingtalk/chatbots/export", Stop);

        names.Where(name => name.TrimStart() is ['=' or '+' or '-' or '@' or '＝', ..]).ShouldBeEmpty();
        names.Order().ShouldBe(hostile.Select(name => name is "a,\"b\";c" or "告警 ✓" ? name : "'" + name).Order());
        chatbots.ShouldContain($"{bot},'=1+1,yes,");
        chatbots.ShouldContain("…oken");
        chatbots.ShouldNotContain("secretrobot", Case.Insensitive);
    }

    [Fact]
    public async Task Export_IsForThoseWhoMayReadTheList_AndHasItsDay()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        using var stranger = await app.CreateClient().GetAsync("slack/integrations/export", Stop);
        (stranger.Content.Headers.ContentType?.MediaType ?? "none").ShouldNotBe("text/csv");

        using var answer = await (await app.SignInAsAsync(Roles.Viewer)).GetAsync("dingtalk/chatbots/export", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentDisposition!.FileName.ShouldNotBeNull().ShouldMatch(@"dingtalk-chatbots-\d{8}-\d{6}\.csv");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    private static async Task<List<Dictionary<string, string>>> ReadAsync(HttpClient client, string path)
    {
        using var csv = new CsvReader(new StringReader(await client.GetStringAsync(path, Stop)), CultureInfo.InvariantCulture);
        var rows = new List<Dictionary<string, string>>();
        await csv.ReadAsync();
        csv.ReadHeader();
        while (await csv.ReadAsync())
        {
            rows.Add(csv.HeaderRecord!.ToDictionary(name => name.TrimStart('\uFEFF'), name => csv.GetField(name)!));
        }

        return rows;
    }

    private static async Task AddAsync(NotifyAdminApp app, int count, Func<int, string> name, int from = 0)
    {
        var token = app.Services.GetRequiredService<SecretProtector>().Protect("xoxb-1");
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        context.SlackIntegrations.AddRange(Enumerable.Range(0, count).Select(i => new SlackIntegration
        {
            Name = name(i), ChannelId = $"C0{from + i:d8}", Token = token, IsOn = i % 2 == 0,
        }));
        await context.SaveChangesAsync(Stop);
    }

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, WithSandbox = true });
}
