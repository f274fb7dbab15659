using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.DingTalk;

public sealed class AssetGroupTests
{
    private const string Baseline = "sas_analysis_online-sas-operation-log-sas-event-hc";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Learn_EntersWhatEventsName_Once(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        var store = app.Services.GetRequiredService<AssetGroupStore>();
        await app.Services.GetRequiredService<AssetGroupService>().AddAsync("0007", "Production", Actor.System, Token);
        await app.PostEventAsync(Baseline, new { groupId = "7" });
        await app.PostEventAsync(Baseline, new { groupId = 12 });
        await app.PostEventAsync(Baseline, new { });

        while (!await store.LearnAsync(Token))
        {
        }

        await store.LearnAsync(Token);
        (await store.ListAsync(Token)).Select(g => (g.Id, g.Name, g.IsLearned)).ShouldBe([(7, "Production", false), (12, "", true)]);
    }

    [Theory, DatabaseData]
    public async Task Groups_AreNamedAndRemoved(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        var groups = app.Services.GetRequiredService<AssetGroupService>();

        (await groups.AddAsync("10417151", " Payments ", Actor.System, Token)).ShouldBe(GroupOutcome.Saved);
        (await groups.AddAsync("10417151", "Again", Actor.System, Token)).ShouldBe(GroupOutcome.Known);
        (await groups.AddAsync("2147483648", "Too large", Actor.System, Token)).ShouldBe(GroupOutcome.BadId);
        (await groups.AddAsync("5", " ", Actor.System, Token)).ShouldBe(GroupOutcome.BadName);
        (await groups.RenameAsync(10417151, "Billing", Actor.System, Token)).ShouldBe(GroupOutcome.Saved);
        (await groups.ListAsync(Actor.System, Token)).ShouldHaveSingleItem().Name.ShouldBe("Billing");
        (await groups.RemoveAsync(10417151, Actor.System, Token)).ShouldBe(GroupOutcome.Saved);
        (await groups.RemoveAsync(10417151, Actor.System, Token)).ShouldBe(GroupOutcome.Gone);
        await Should.ThrowAsync<NotPermittedException>(() =>
            groups.AddAsync("5", "Five", Actor.System with { Role = Roles.Operator }, Token));
    }

    [Theory, DatabaseData]
    public async Task GroupUses_CountEveryChatbot_AndNameTheFirst(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider, WithSandbox = true });
        for (var i = 0; i < GroupUse.MostNamed + 2; i++)
        {
            await app.AddChatbotAsync("token", change => change with { Name = $"Robot {i:d2}", GroupIds = i == 0 ? ["7", "12"] : ["7"] });
        }

        await app.AddChatbotAsync("token", change => change with { Name = "For all groups", GroupIds = [] });

        var uses = await app.Chatbots().GroupUsesAsync(Actor.System, Token);

        uses.Keys.ShouldBe(["7", "12"], ignoreOrder: true);
        uses["12"].First.ShouldBe(["Robot 00"]);
        uses["7"].Count.ShouldBe(GroupUse.MostNamed + 2);
        uses["7"].First.ShouldBe(Enumerable.Range(0, GroupUse.MostNamed).Select(i => $"Robot {i:d2}"));
    }
}
