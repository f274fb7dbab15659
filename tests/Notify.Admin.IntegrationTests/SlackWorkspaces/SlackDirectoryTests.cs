using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.Testing;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.SlackWorkspaces;

/// <summary>The cached people: read page by page, gone on with after a wait or a restart, searched without asking Slack.</summary>
public class SlackDirectoryTests
{
    private const string Method = "users.list";
    private static readonly Actor Operator = new(null, "operator@example.test", Roles.Operator, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Reading_ManyPages_KeepsPeopleWithoutBotsAndDeleted(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider, people: 1000);
        var id = await app.AddWorkspaceAsync();
        await app.WaitForPeopleAsync(id);

        var directory = Directory(app);
        (await directory.StateAsync(id, Stop))!.People.ShouldBe(1028);
        Calls(app).ShouldBe(6);
        (await directory.SearchAsync(id, "extra 0999", 5, Stop)).ShouldHaveSingleItem().UserId.ShouldBe("U0EXTRA0999");
        (await directory.SearchAsync(id, "extra.0500@example.com", 5, Stop)).ShouldHaveSingleItem().UserId.ShouldBe("U0EXTRA0500");
        (await directory.SearchAsync(id, "u0person01", 5, Stop)).ShouldHaveSingleItem().Email.ShouldBe("alice.nguyen@example.com");
        (await directory.SearchAsync(id, "former", 5, Stop)).ShouldBeEmpty();
        (await directory.SearchAsync(id, "slackbot", 5, Stop)).ShouldBeEmpty();
        (await directory.FindAsync(id, ["U0PERSON02", "U0NOBODY"], Stop)).Keys.ShouldBe(["U0PERSON02"]);
        (await directory.TeamsAsync(id, Stop)).Select(team => (team.TeamId, team.Name)).ShouldBe([("T0SANDBOX1", "Sandbox")]);
    }

    [Theory, DatabaseData]
    public async Task Reading_RateLimitedAndRestarted_GoesOnWhereItWas(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, people: 1000, time);
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Status, Status = 429, RetryAfter = "900",
            Method = Method, After = 3 });
        var id = await app.AddWorkspaceAsync();
        await Eventually.HoldsAsync(async () => await Directory(app).StateAsync(id, Stop) is { Code: not null }, TimeSpan.FromSeconds(60));
        var waiting = (await Directory(app).StateAsync(id, Stop))!;
        var early = await Directory(app).SearchAsync(id, "alice nguyen", 5, Stop);

        await app.RestartAsync();
        time.Shift(TimeSpan.FromSeconds(901));
        await app.WaitForPeopleAsync(id);

        (waiting.Code, waiting.IsUnderWay, waiting.Cursor is not null).ShouldBe(("ratelimited", true, true));
        waiting.DueAt.ShouldBeGreaterThan(time.GetUtcNow() - TimeSpan.FromSeconds(60));
        early.Count.ShouldBeLessThanOrEqualTo(1, "searching goes on meanwhile");
        (await Directory(app).StateAsync(id, Stop))!.People.ShouldBe(1028);
        Calls(app).ShouldBe(7, "six pages and the one that was refused");
    }

    [Fact]
    public async Task Reading_Again_ForgetsWhoLeftAndLearnsWhoCame()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, people: 3);
        var id = await app.AddWorkspaceAsync();
        await app.WaitForPeopleAsync(id);
        var before = (await Directory(app).StateAsync(id, Stop))!;
        app.Sandbox.Slack.Users.Put(
            app.Sandbox.Slack.Users.Find("U0EXTRA0000")! with { Deleted = true },
            new SandboxUser { Id = "U0NEWCOMER", Name = "new.comer", RealName = "New Comer", Email = "new.comer@example.com" });

        await app.Services.GetRequiredService<SlackWorkspaceService>().ReadPeopleAsync(id, Operator, Stop);
        await Eventually.HoldsAsync(async () => (await Directory(app).StateAsync(id, Stop))!.CompletedAt > before.CompletedAt,
            TimeSpan.FromSeconds(60));

        (await Directory(app).SearchAsync(id, "extra 0000", 5, Stop)).ShouldBeEmpty();
        (await Directory(app).SearchAsync(id, "comer", 5, Stop)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Reading_WithoutTheScope_SaysSoAndGoesOnWithAnotherToken()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, people: 0);
        app.Sandbox.Slack.Tokens.Put(new SandboxToken { Token = "xoxb-sandbox-post-only", BotId = SlackSeeds.BotId,
            Scopes = ["chat:write"] });
        var id = await app.AddWorkspaceAsync(botToken: "xoxb-sandbox-post-only");
        await Eventually.HoldsAsync(async () => await Directory(app).StateAsync(id, Stop) is { Code: not null }, TimeSpan.FromSeconds(60));
        var stopped = (await Directory(app).StateAsync(id, Stop))!;
        var workspaces = app.Services.GetRequiredService<SlackWorkspaceService>();
        var admin = Operator with { Role = Roles.Admin };

        await workspaces.SaveAsync(
            await workspaces.FindAsync(id, admin, Stop),
            new SlackWorkspaceFormModel { Name = "Sandbox", BotToken = TestChannels.SandboxToken }, admin, Stop);
        await app.WaitForPeopleAsync(id);

        (stopped.Code, stopped.Detail).ShouldBe(("missing_scope", "needed: users:read; provided: chat:write"));
        (await Directory(app).StateAsync(id, Stop))!.Code.ShouldBeNull();
    }

    [Fact]
    public async Task Reading_TokenOfOneWorkspace_NeedsNoListOfWorkspaces()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, people: 3);
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Status, Status = 503,
            Method = "auth.teams.list", Calls = 0 });
        var id = await app.AddWorkspaceAsync();

        await app.WaitForPeopleAsync(id);

        app.Sandbox.Calls.All.ShouldNotContain(call => call.Method == "auth.teams.list");
        (await Directory(app).TeamsAsync(id, Stop)).Select(team => (team.TeamId, team.Name)).ShouldBe([("T0SANDBOX1", "Sandbox")]);
    }

    [Fact]
    public async Task Reading_OrganisationsToken_ReadsEachOfItsWorkspaces()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, people: 0);
        var id = await app.AddWorkspaceAsync(botToken: SlackSeeds.OrgToken, configToken: null);
        await app.WaitForPeopleAsync(id);

        (await Directory(app).TeamsAsync(id, Stop)).Select(team => team.TeamId).ShouldBe(["T0SANDBOX1", "T0SANDBOX2"]);
        (await Directory(app).SearchAsync(id, "lina", 5, Stop)).ShouldHaveSingleItem().TeamId.ShouldBe("T0SANDBOX2");
        (await Directory(app).SearchAsync(id, "alice", 5, Stop)).ShouldHaveSingleItem().TeamId.ShouldBe("T0SANDBOX1");
    }

    [Theory]
    [InlineData("team_access_not_granted")]
    [InlineData("team_not_found")]
    public async Task Reading_OneWorkspaceOfAnOrganisationRefuses_ReadsTheOthersAndForgetsNobody(string code)
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, people: 0);
        var id = await app.AddWorkspaceAsync(botToken: SlackSeeds.OrgToken, configToken: null);
        await app.WaitForPeopleAsync(id);
        var before = (await Directory(app).StateAsync(id, Stop))!;
        app.Sandbox.Slack.Users.Put(new SandboxUser
        {
            Id = "U0NEWCOMER", TeamId = SlackSeeds.OtherTeamId, Name = "new.comer", RealName = "New Comer",
        });
        app.Sandbox.Faults.Add(new SandboxFault
        {
            Target = FaultTarget.Slack, Kind = FaultKind.ErrorCode, ErrorCode = code, Method = Method,
        });

        await app.Services.GetRequiredService<SlackWorkspaceService>().ReadPeopleAsync(id, Operator, Stop);
        await Eventually.HoldsAsync(async () => (await Directory(app).StateAsync(id, Stop))!.CompletedAt > before.CompletedAt,
            TimeSpan.FromSeconds(60));

        var after = (await Directory(app).StateAsync(id, Stop))!;
        (after.Code, after.People).ShouldBe((null, before.People + 1));
        (await Directory(app).SearchAsync(id, "alice", 5, Stop)).ShouldHaveSingleItem("of the workspace that has refused");
        (await Directory(app).SearchAsync(id, "comer", 5, Stop)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Reading_AllWorkspacesOfAnOrganisationRefuse_SaysSoAndBeginsAgain()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, people: 0);
        app.Sandbox.Faults.Add(new SandboxFault
        {
            Target = FaultTarget.Slack, Kind = FaultKind.ErrorCode, ErrorCode = "team_access_not_granted", Method = Method, Calls = 2,
        });
        var id = await app.AddWorkspaceAsync(botToken: SlackSeeds.OrgToken, configToken: null);
        await Eventually.HoldsAsync(async () => await Directory(app).StateAsync(id, Stop) is { Code: not null }, TimeSpan.FromSeconds(60));
        var stopped = (await Directory(app).StateAsync(id, Stop))!;

        await app.Services.GetRequiredService<SlackWorkspaceService>().ReadPeopleAsync(id, Operator, Stop);
        await app.WaitForPeopleAsync(id);

        (stopped.Code, stopped.CompletedAt).ShouldBe(("team_access_not_granted", null));
        (await Directory(app).SearchAsync(id, "alice", 5, Stop)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Resolve_200AddressesWithThreeUnknown_NamesTheThree()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, people: 200);
        var id = await app.AddWorkspaceAsync();
        await app.WaitForPeopleAsync(id);
        app.Sandbox.Slack.Users.Put(new SandboxUser { Id = "U0LATECOMER", Name = "late.comer", RealName = "Late Comer",
            Email = "late.comer@example.com" });
        var pasted = string.Join(",\n", Enumerable.Range(0, 195).Select(i => $"extra.{i:D4}@example.com")
            .Append("U0PERSON01").Append("late.comer@example.com").Append("one@nowhere.test").Append("two@nowhere.test")
                .Append("U0NOBODY01"));

        var resolved = await Directory(app).ResolveAsync(id, pasted, Stop);

        resolved.Unresolved.ShouldBe(["one@nowhere.test", "two@nowhere.test", "U0NOBODY01"]);
        resolved.Found.Count.ShouldBe(197);
        (await Directory(app).FindAsync(id, ["U0LATECOMER"], Stop)).Count.ShouldBe(1, "who was looked up is kept");
    }

    private static SlackDirectory Directory(NotifyAdminApp app) => app.Services.GetRequiredService<SlackDirectory>();

    private static int Calls(NotifyAdminApp app) => app.Sandbox.Calls.All.Count(call => call.Method == Method);

    private static async Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, int people, ShiftedTime? time = null)
    {
        var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = provider, WithSandbox = true, Time = time ?? new ShiftedTime(),
        });
        app.Sandbox.Slack.Users.Put([.. Enumerable.Range(0, people).Select(i => new SandboxUser
        {
            Id = $"U0EXTRA{i:D4}", Name = $"extra.{i:D4}", RealName = $"Extra {i:D4}", Email = $"extra.{i:D4}@example.com",
        })]);
        return app;
    }
}
