using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.ConfigFiles;
using Notify.Admin.Data;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.ConfigFiles;

/// <summary>Access lists of the file, up to the list that Slack has.</summary>
public sealed class ConfigAccessListTests
{
    private const string File = """
        version: 1
        accessLists:
          - workspace: Sandbox
            functionId: Fn0NOTIFY01
            permissionType: everyone
          - workspace: Sandbox
            functionId: Fn0REPORT01
            name: Create report
            permissionType: named_entities
            userIds: [U0PERSON01, U0PERSON05]
        """;

    private static readonly Actor Admin = new(null, "admin@example.test", Roles.Admin, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task List_OfTheFile_IsManaged_AndBecomesSlacks(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider, WithSandbox = true });
        await app.AddWorkspaceAsync();

        (await ApplyAsync(app, File)).Plan.Changes.Select(change => (change.Action, change.Name)).ShouldBe(
            [(ConfigAction.Create, "Sandbox Fn0NOTIFY01"), (ConfigAction.Create, "Sandbox Fn0REPORT01")]);
        (await PlanAsync(app, File)).Changes.ShouldBeEmpty("What is being changed counts as what it becomes.");
        await SettledAsync(app);

        FunctionOf(app, SlackSeeds.CollaboratorsFunction).PermissionType.ShouldBe("everyone");
        FunctionOf(app, SlackSeeds.NamedFunction).UserIds.Order().ShouldBe(["U0PERSON01", "U0PERSON05"]);
        (await ListAsync(app)).Select(function => (function.Name, function.IsDrifted)).ShouldBe(
            [("Create report", false), ("Fn0NOTIFY01", false)]);
        (await PlanAsync(app, File)).Changes.ShouldBeEmpty();
        (await app.Services.GetRequiredService<ConfigService>().ExportAsync(Admin, Stop)).ReplaceLineEndings("\n")
            .ShouldContain(File[File.IndexOf("accessLists", StringComparison.Ordinal)..].ReplaceLineEndings("\n"));

        var changed = File.Replace("U0PERSON05", "U0PERSON07", StringComparison.Ordinal)
            .Replace("Create report", "Reports", StringComparison.Ordinal);
        (await ApplyAsync(app, changed)).Plan.Changes.ShouldHaveSingleItem().Fields.Select(field => field.Field)
            .ShouldBe(["name", "userIds"]);
        await SettledAsync(app);
        FunctionOf(app, SlackSeeds.NamedFunction).UserIds.Order().ShouldBe(["U0PERSON01", "U0PERSON07"]);
        (await app.AuditActionsAsync()).Where(action => action.StartsWith("function-access", StringComparison.Ordinal)).ShouldBe(
        [
            "function-access.add", "function-access.add", "function-access.applied", "function-access.applied", "function-access.rename",
            "function-access.apply", "function-access.applied",
        ]);
    }

    [Fact]
    public async Task List_ThatDrifted_IsNotOverwritten_AndPruningLeavesSlackAlone()
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await app.AddWorkspaceAsync();
        await ApplyAsync(app, File);
        await SettledAsync(app);
        app.Sandbox.Slack.Functions.Put(FunctionOf(app, SlackSeeds.NamedFunction) with { UserIds = ["U0PERSON09"] });
        var functions = app.Services.GetRequiredService<FunctionAccessService>();
        var id = (await ListAsync(app)).Single(function => function.FunctionId == SlackSeeds.NamedFunction).Id;
        (await functions.RefreshAsync(id, Admin, Stop))!.IsDrifted.ShouldBeTrue();

        var refused = await ApplyAsync(app, File.Replace("U0PERSON05", "U0PERSON07", StringComparison.Ordinal));
        var pruned = await ApplyAsync(app, "{version: 1, accessLists: []}", prune: true);

        refused.Result.ShouldBe(ConfigResult.Invalid);
        refused.Plan.Problems.ShouldHaveSingleItem().ToString().ShouldStartWith("Line 9: accessLists[1].permissionType cannot be changed");
        pruned.Plan.Changes.Select(change => change.Action).ShouldBe([ConfigAction.Delete, ConfigAction.Delete]);
        (await ListAsync(app)).ShouldBeEmpty();
        FunctionOf(app, SlackSeeds.NamedFunction).UserIds.ShouldBe(["U0PERSON09"]);
    }

    [Fact]
    public async Task Workspace_OfTheSameFile_MayComeWithItsLists()
    {
        Environment.SetEnvironmentVariable("NOTIFY_TEST_SANDBOX_BOT", SlackSeeds.BotToken);
        Environment.SetEnvironmentVariable("NOTIFY_TEST_SANDBOX_CONFIG", SlackSeeds.ConfigurationToken);
        Environment.SetEnvironmentVariable("NOTIFY_TEST_SANDBOX_REFRESH", SlackSeeds.RefreshToken);
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });

        var outcome = await ApplyAsync(app, File + """

            workspaces:
              - name: Sandbox
                botToken: ${env:NOTIFY_TEST_SANDBOX_BOT}
                configToken: ${env:NOTIFY_TEST_SANDBOX_CONFIG}
                refreshToken: ${env:NOTIFY_TEST_SANDBOX_REFRESH}
            """.ReplaceLineEndings("\n"));

        outcome.Result.ShouldBe(ConfigResult.Applied, string.Join('\n', outcome.Plan.Problems));
        await SettledAsync(app);
        FunctionOf(app, SlackSeeds.CollaboratorsFunction).PermissionType.ShouldBe("everyone");
    }

    private static SandboxFunction FunctionOf(NotifyAdminApp app, string id) => app.Sandbox.Slack.Functions.Find(id)!;

    private static Task<IReadOnlyList<ManagedFunction>> ListAsync(NotifyAdminApp app) =>
        app.Services.GetRequiredService<FunctionAccessService>().ListWholeAsync(Admin, Stop);

    private static async Task SettledAsync(NotifyAdminApp app) => await Eventually.HoldsAsync(async () =>
        (await app.Services.GetRequiredService<AccessChangeService>().ListOrderedAsync(Admin, Stop)).Count == 0, TimeSpan.FromMinutes(1));

    private static Task<ConfigPlan> PlanAsync(NotifyAdminApp app, string file) =>
        app.Services.GetRequiredService<ConfigService>().PlanAsync(file, prune: false, Admin, Stop);

    private static Task<ConfigOutcome> ApplyAsync(NotifyAdminApp app, string file, bool prune = false) =>
        app.Services.GetRequiredService<ConfigService>().ApplyAsync(file, prune, null, Admin, Stop);
}
