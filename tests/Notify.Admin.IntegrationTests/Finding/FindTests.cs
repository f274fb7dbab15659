using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Finding;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Finding;

/// <summary>What Ctrl+K finds, on each store, and for whom.</summary>
public sealed class FindTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Find_ByNameAndId_WhateverCaseAndAccents(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var slack = await app.AddSlackIntegrationAsync("C0ETE00001", s => (s.Name, s.IsOn) = ("Équipe d’été", false));
        var robot = await app.AddChatbotAsync("one", c => c with { Name = "Équipe 告警" });
        await app.AddSourceAsync("Équipe Grafana", "grafana");
        await app.AddWorkspaceAsync();
        var function = await app.AddFunctionAsync(SlackSeeds.NamedFunction);
        var seed = Seed(app);
        var row = await seed.EventAsync("finding-4711", "Disk is full");
        var delivery = await seed.DeliveryAsync(of: row);

        (await FindAsync(app, "EQUIPE")).ShouldBe(
            [(FoundKind.Channel, "Équipe d’été", $"slack/integrations/{slack}"),
                (FoundKind.Channel, "Équipe 告警", $"dingtalk/chatbots/{robot}"), (FoundKind.Source, "Équipe Grafana", "sources/1")]);
        (await FindAsync(app, "告警")).ShouldBe([(FoundKind.Channel, "Équipe 告警", $"dingtalk/chatbots/{robot}")]);
        (await FindAsync(app, "c0ete")).ShouldBe([(FoundKind.Channel, "Équipe d’été", $"slack/integrations/{slack}")]);
        (await FindAsync(app, SlackSeeds.NamedFunction)).ShouldHaveSingleItem().Href.ShouldBe($"slack/functions/{function}");
        (await FindAsync(app, "finding-47")).ShouldBe([(FoundKind.Event, "Disk is full", $"events?open={row.Id}")]);
        var shortId = ShortIds.OfDelivery(delivery.Id);
        (await FindAsync(app, shortId.ToLowerInvariant())).ShouldBe([(FoundKind.Delivery, shortId, $"deliveries?open={shortId}")]);
        (await FindAsync(app, "D-ZZZZZZ")).ShouldBeEmpty();
        (await FindAsync(app, "%")).ShouldBeEmpty();
        (await FindAsync(app, new string('x', 5_000) + "\0")).ShouldBeEmpty();
    }

    [Theory, DatabaseData]
    public async Task Find_OfManyChannels_IsAFew_AndATestIsOfferedToThoseWhoMay(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        for (var i = 0; i < 9; i++)
        {
            await app.AddSlackIntegrationAsync($"C0MANY000{i}", s => s.Name = $"Ops {i}");
        }

        await app.AddSlackIntegrationAsync("C0MANY9999", s => s.Name = "All ops");
        (await FindAsync(app, "ops")).Select(found => found.Title).ShouldBe(
            ["Ops 0", "Ops 1", "Ops 2", "Ops 3", "Ops 4", "Ops 5"], "those that begin so come before “All ops”");
        (await FindAsync(app, "all o")).ShouldHaveSingleItem().Title.ShouldBe("All ops");
        var tests = (await GroupsAsync(app, "test ops 7", Roles.Operator)).SelectMany(group => group.Items).ToList();
        tests.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            found => found.Kind.ShouldBe(FoundKind.Test), found => found.Href.ShouldBeNull(),
            found => found.Title.ShouldBe("Send a test to Ops 7"), found => found.Tests!.Value.Kind.ShouldBe(ChannelKind.Slack));
        (await GroupsAsync(app, "test ops", Roles.Viewer)).ShouldBeEmpty();
        (await GroupsAsync(app, "test", Roles.Operator)).Single(group => group.Kind == FoundKind.Test).Items.Count.ShouldBe(6);
    }

    [Theory, DatabaseData]
    public async Task Find_PeopleAndTheirPages_IsForAdmins(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var email = NotifyAdminSettings.AdminEmail.Split('@')[0].ToUpperInvariant();

        (await FindAsync(app, email)).ShouldContain(found => found.Kind == FoundKind.Person && found.Href!.StartsWith("people?open="));
        foreach (var role in new[] { Roles.Operator, Roles.Viewer })
        {
            (await GroupsAsync(app, email, role)).ShouldBeEmpty();
            (await GroupsAsync(app, "settings", role)).ShouldBeEmpty();
        }

        (await FindAsync(app, "settings")).ShouldHaveSingleItem().Href.ShouldBe("settings");
        await Should.ThrowAsync<NotPermittedException>(() => app.Services.GetRequiredService<FindService>()
            .FindAsync("", new Actor("u", "nobody", null, "tests"), Stop));
    }

    private static async Task<IReadOnlyList<(FoundKind Kind, string Title, string? Href)>> FindAsync(NotifyAdminApp app, string typed) =>
        [.. (await GroupsAsync(app, typed, Roles.Admin)).SelectMany(group => group.Items)
            .Select(found => (found.Kind, found.Title, found.Href))];

    private static Task<IReadOnlyList<FoundGroup>> GroupsAsync(NotifyAdminApp app, string typed, string role) =>
        app.Services.GetRequiredService<FindService>().FindAsync(typed, new Actor("u1", "someone@example.test", role, "tests"), Stop);

    private static ActivitySeed Seed(NotifyAdminApp app) =>
        new(app.Services.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<NotifyDbContext>>());

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, WithSandbox = true });
}
