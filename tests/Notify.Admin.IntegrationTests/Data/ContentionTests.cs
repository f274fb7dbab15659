using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;

namespace Notify.Admin.IntegrationTests.Data;

/// <summary>Changes that lose to somebody else's at every try, of every kind of thing that people and programs save.</summary>
public sealed class ContentionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chatbot_ThatLosesEveryTime_IsNeverReportedAsChanged()
    {
        await using var app = await StartAsync();
        var id = await app.AddChatbotAsync(RobotSeeds.KeywordToken);
        await LoseEverySaveAsync(app, "DingTalkChatbots");
        var service = app.Services.GetRequiredService<DingTalkChatbotService>();

        await Should.ThrowAsync<ContendedException>(() => service.DeleteAsync([id], Actor.System, Stop));
        await Should.ThrowAsync<ContendedException>(() => service.SwitchAsync([id], false, Actor.System, Stop));
        await Should.ThrowAsync<ContendedException>(
            () => service.SaveAsync(new ChatbotChange { Id = id, Name = "Mine" }, Actor.System, Stop));

        (await service.FindAsync(id, Actor.System, Stop))!.IsOn.ShouldBeTrue();
    }

    [Fact]
    public async Task Integration_ThatLosesEveryTime_IsNeverReportedAsChanged()
    {
        await using var app = await StartAsync();
        var id = await app.AddSlackIntegrationAsync("C0ALERTS01");
        await LoseEverySaveAsync(app, "SlackIntegrations");
        var service = app.Services.GetRequiredService<SlackIntegrationService>();

        await Should.ThrowAsync<ContendedException>(() => service.DeleteAsync(id, Actor.System, Stop));
        await Should.ThrowAsync<ContendedException>(() => service.SwitchAsync(id, false, Actor.System, Stop));

        (await service.FindAsync(id, Actor.System, Stop))!.Values.IsOn.ShouldBeTrue();
    }

    [Fact]
    public async Task Workspace_ThatLosesEveryTime_IsNeverReportedAsDeleted()
    {
        await using var app = await StartAsync();
        var id = await app.AddWorkspaceAsync();
        await LoseEverySaveAsync(app, "SlackWorkspaces");
        var service = app.Services.GetRequiredService<SlackWorkspaceService>();

        await Should.ThrowAsync<ContendedException>(() => service.DeleteAsync(id, Actor.System, Stop));

        (await service.FindAsync(id, Actor.System, Stop)).ShouldNotBeNull();
    }

    // Every statement touches no row then, as when somebody else's save came first.
    private static async Task LoseEverySaveAsync(NotifyAdminApp app, string table)
    {
        await using var context =
            await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        foreach (var statement in new[] { "UPDATE", "DELETE" })
        {
#pragma warning disable EF1002 // the table's name is the test's own, and cannot be a parameter
            await context.Database.ExecuteSqlRawAsync(
                $"CREATE TRIGGER Lose{statement} BEFORE {statement} ON {table} BEGIN SELECT RAISE(IGNORE); END", Stop);
#pragma warning restore EF1002
        }
    }

    private static Task<NotifyAdminApp> StartAsync() =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = DatabaseProvider.Sqlite, WithSandbox = true });
}
