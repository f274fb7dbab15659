using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Localization;
using Notify.Admin.Background;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Start;

/// <summary>Background work of the whole program: what is registered, and what is seen of work that fails.</summary>
public sealed class BackgroundWorkTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_OfTheProgram_HasAnOwnNameWithATextInBothLanguages()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings());
        var names = app.Services.GetRequiredService<WorkRegister>().All.Select(record => record.Name).ToList();
        var texts = app.Services.GetRequiredService<IStringLocalizer<BackgroundText>>();

        names.Count.ShouldBeGreaterThan(12);
        // Two of one name would share a record.
        app.Services.GetServices<IHostedService>().OfType<RecurringWork>().Count().ShouldBe(names.Count - 2);
        foreach (var language in new[] { "en", "zh-CN" })
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            names.Where(name => texts[$"Work.{name}"].ResourceNotFound).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Work_ThatFailsRepeatedly_DegradesHealth_AndIsOnTheOverview_UntilItWorks()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = DatabaseProvider.Sqlite });
        using var client = app.CreateClient();
        (await client.GetStringAsync("health/ready", Stop)).ShouldBe("Healthy");
        await using var context =
            await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);

        await context.Database.ExecuteSqlRawAsync("ALTER TABLE ChangeVersions RENAME TO Away", Stop);
        await Eventually.HoldsAsync(
            async () => await client.GetStringAsync("health/ready", Stop) is "Degraded\nbackground work: failing repeatedly: changes",
            TimeSpan.FromSeconds(60));
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var said = await AttentionAsync(app);
        said.ShouldHaveSingleItem().Sentence.ShouldBe("Background work fails: Following changes of other instances");
        app.Logs.Lines.ShouldContain(line => line.StartsWith("Error", StringComparison.Ordinal)
            && line.Contains("no such table: ChangeVersions", StringComparison.Ordinal));

        await context.Database.ExecuteSqlRawAsync("ALTER TABLE Away RENAME TO ChangeVersions", Stop);
        await Eventually.HoldsAsync(async () => await client.GetStringAsync("health/ready", Stop) is "Healthy", TimeSpan.FromSeconds(60));
        (await AttentionAsync(app)).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<Attention>> AttentionAsync(NotifyAdminApp app) =>
        await app.Services.GetServices<IAttentionSource>().OfType<WorkAttention>().Single().ListAsync(Stop);
}
