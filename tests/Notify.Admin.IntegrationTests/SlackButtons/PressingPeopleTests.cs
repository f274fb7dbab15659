using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.SlackButtons;
using Notify.Admin.Testing;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.SlackButtons;

/// <summary>Whose people may press: those of the workspace, or of the organisation that the app is installed for. Everybody here has the
/// address of an Operator.</summary>
public sealed class PressingPeopleTests
{
    private const string Own = "U0OWNPERSO";
    private const string OfLabs = "U0LABSPERS";
    private const string OfNewTeam = "U0NEWTEAMP";
    private const string OfPartner = "U0PARTNER1";
    private const string OfSmallPartner = "U0PARTNER2";

    private const string NewTeam = "T0NEWTEAM1";
    private const string Partner = "T0PARTNER1";
    private const string SmallPartner = "T0PARTNER2";
    private const string PartnerOrganisation = "E0PARTNER1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Own, SlackSeeds.TeamId, true)]
    [InlineData(Own, SlackSeeds.OrganisationId, true)]
    [InlineData(Own, null, true)]
    [InlineData(OfLabs, SlackSeeds.OtherTeamId, true)]
    [InlineData(OfNewTeam, NewTeam, true)]
    [InlineData(OfPartner, Partner, false)]
    [InlineData(OfPartner, PartnerOrganisation, false)]
    [InlineData(OfPartner, null, false)]
    [InlineData(OfSmallPartner, SmallPartner, false)]
    [InlineData(OfSmallPartner, null, false)]
    public async Task Find_WithAnOrganisationsToken_IsForItsOwnPeopleOnly(string userId, string? teamId, bool isOwn)
    {
        await using var app = await StartAsync();
        var id = await app.AddWorkspaceAsync(botToken: SlackSeeds.OrgToken, configToken: null);
        await app.WaitForPeopleAsync(id);
        // Neither is among the workspaces that the directory knows.
        app.Sandbox.Slack.Teams.Put(
            new SandboxTeam { Id = NewTeam, Name = "New", Domain = "new", EnterpriseId = SlackSeeds.OrganisationId },
            new SandboxTeam { Id = Partner, Name = "Partner", Domain = "partner", EnterpriseId = PartnerOrganisation });

        await ShouldBeAsync(app, id, userId, teamId, isOwn);
    }

    [Theory]
    [InlineData(Own, SlackSeeds.TeamId, true)]
    [InlineData(Own, SlackSeeds.OrganisationId, true)]
    [InlineData(Own, null, true)]
    [InlineData(OfLabs, SlackSeeds.OtherTeamId, false)]
    [InlineData(OfPartner, Partner, false)]
    public async Task Find_WithAWorkspacesToken_IsForItsOwnPeopleOnly(string userId, string? teamId, bool isOwn)
    {
        await using var app = await StartAsync();

        await ShouldBeAsync(app, await app.AddWorkspaceAsync(), userId, teamId, isOwn);
    }

    [Theory]
    [InlineData(SlackSeeds.OrgToken, "T0UNKNOWN1", "NotAsked")]
    [InlineData(SlackSeeds.OrgToken, null, "NotAsked")]
    [InlineData(SlackSeeds.BotToken, null, "NotAsked")]
    [InlineData(SlackSeeds.BotToken, "T0UNKNOWN1", "OtherWorkspace")]
    public async Task Find_OfWhomSlackTellsNothing_SaysSo_WhereOnlySlackKnowsWhoseTheyAre(string token, string? teamId, string reason)
    {
        await using var app = await StartAsync();
        var id = await app.AddWorkspaceAsync(botToken: token, configToken: null);

        var found = await FindAsync(app, id, "U0UNKNOWN1", teamId);

        (found.Actor, found.Refusal?.Reason).ShouldBe((null, reason));
    }

    private static Task<PressingPerson> FindAsync(NotifyAdminApp app, int workspaceId, string userId, string? teamId) =>
        app.Services.GetRequiredService<PressingPeople>().FindAsync(
            workspaceId, new ButtonPress(userId, teamId, "C1", "1.000001", null, "notify.acknowledge", "D-1", "2.000001"), Stop);

    private static async Task ShouldBeAsync(NotifyAdminApp app, int workspaceId, string userId, string? teamId, bool isOwn)
    {
        var found = await FindAsync(app, workspaceId, userId, teamId);

        (found.Actor?.Name, found.Refusal?.Reason).ShouldBe(isOwn ? ("operator@example.test", null) : (null, "OtherWorkspace"));
    }

    private static async Task<NotifyAdminApp> StartAsync()
    {
        var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = DatabaseProvider.Sqlite, WithSandbox = true });
        await app.SessionCookieAsync(Roles.Operator);
        app.Sandbox.Slack.Users.Put(
            Person(Own, SlackSeeds.TeamId), Person(OfLabs, SlackSeeds.OtherTeamId), Person(OfNewTeam, NewTeam),
            Person(OfPartner, Partner), Person(OfSmallPartner, SmallPartner));
        return app;
    }

    private static SandboxUser Person(string id, string teamId) =>
        new() { Id = id, TeamId = teamId, Name = id, RealName = id, Email = "operator@example.test" };
}
