using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Overview;
using Notify.Admin.Security;
using Notify.Admin.Shared;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.Testing;
using Notify.Sandbox.Faults;

namespace Notify.Admin.IntegrationTests.SlackWorkspaces;

/// <summary>The exchange of app configuration tokens: once, committed at once, and never guessed about.</summary>
public class TokenRotationTests
{
    private const string Method = "tooling.tokens.rotate";

    private static readonly Actor Viewer = new("u1", "viewer@example.test", Roles.Viewer, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task ConfigToken_HoursBeforeItsEnd_IsRenewedByItself(DatabaseProvider provider)
    {
        var time = new SteppedTime();
        await using var app = await StartAsync(provider, time);
        var id = await app.AddWorkspaceAsync();
        var before = await RowAsync(app, id);

        time.Advance(TimeSpan.FromHours(9.5));
        await Eventually.HoldsAsync(async () => (await RowAsync(app, id)).PairVersion > before.PairVersion, TimeSpan.FromSeconds(60));

        var after = await RowAsync(app, id);
        (after.PairState, after.RotationToken, after.Version).ShouldBe((TokenPairState.Ok, null, before.Version));
        after.ConfigEndsAt!.Value.ShouldBeGreaterThan(time.GetUtcNow() + TimeSpan.FromHours(11.9));
        var token = await Tokens(app).ConfigTokenAsync(id, Stop);
        app.Sandbox.Slack.Tokens.Find(token.Value!).ShouldNotBeNull().RefreshToken.ShouldBe(Unprotect(app, after.RefreshToken!));
        Calls(app).ShouldBe(1);
        (await AuditAsync(app)).ShouldContain(entry => entry.Action == "slack-workspace.rotate" && entry.ActorName == "system"
            && entry.Result == AuditResult.Done);
    }

    [Theory, DatabaseData]
    public async Task ConfigToken_AskedForByManyAtItsEnd_IsRenewedOnce(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var id = await app.AddWorkspaceAsync();
        time.Shift(TimeSpan.FromHours(12));

        var tokens = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Tokens(app).ConfigTokenAsync(id, Stop)));

        tokens.ShouldAllBe(token => token.Ok);
        tokens.Select(token => token.Value).Distinct().ShouldHaveSingleItem().ShouldNotBe(TestWorkspaces.ConfigToken);
        Calls(app).ShouldBe(1);
    }

    [Fact]
    public async Task ConfigToken_AskedForOnTwoInstances_IsRenewedOnce()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null, $"{TestDatabase.PostgresVariable} is not set");
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        var time = new ShiftedTime();
        await using var one = await StartAsync(DatabaseProvider.PostgreSql, time, database);
        await using var two = await NotifyAdminApp.StartAsync(Settings(DatabaseProvider.PostgreSql, time, database) with
        {
            Configuration = new Dictionary<string, string> { ["Slack:ApiUrl"] = one.Sandbox.SlackApiUrl.AbsoluteUri },
        });
        var id = await one.AddWorkspaceAsync();
        one.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Delay, DelayMs = 700, Method = Method });
        time.Shift(TimeSpan.FromHours(12));

        var tokens = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Tokens(i % 2 == 0 ? one : two).ConfigTokenAsync(id, Stop)));

        tokens.ShouldAllBe(token => token.Ok);
        tokens.Select(token => token.Value).Distinct().ShouldHaveSingleItem();
        Calls(one).ShouldBe(1);
        (await RowAsync(two, id)).PairState.ShouldBe(TokenPairState.Ok);
    }

    [Theory, DatabaseData]
    public async Task Rotation_AskedToWaitBeyondTheTokensLife_IsTriedAgainBeforeItEnds(DatabaseProvider provider)
    {
        var time = new SteppedTime();
        await using var app = await StartAsync(provider, time);
        var id = await app.AddWorkspaceAsync();
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Status, Status = 429,
            RetryAfter = "Fri, 31 Dec 9999 23:59:59 GMT", Method = Method });

        time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromMinutes(10));
        await Eventually.HoldsAsync(async () => (await RowAsync(app, id)).RotationRetryAt is not null, TimeSpan.FromSeconds(60));

        var row = await RowAsync(app, id);
        row.RotationRetryAt!.Value.ShouldBeLessThan(row.ConfigEndsAt!.Value);
        time.Advance(row.RotationRetryAt.Value - time.GetUtcNow());
        await Eventually.HoldsAsync(async () => (await RowAsync(app, id)).PairVersion > row.PairVersion, TimeSpan.FromSeconds(60));
    }

    [Theory, DatabaseData]
    public async Task Rotation_ProcessDiesBetweenCallAndCommit_AsksForANewPairAndCallsNoMore(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var id = await app.AddWorkspaceAsync();
        // What a process leaves that has claimed the pair, called Slack, and died before the commit.
        await app.StopAsync();
        await app.Database.ExecuteAsync("UPDATE \"SlackWorkspaces\" SET \"RotationToken\" = 4711, \"RotationUntil\" = 1");
        await RestartAsync(app);

        await Eventually.HoldsAsync(async () => (await RowAsync(app, id)).PairState == TokenPairState.NeedsNewPair,
            TimeSpan.FromSeconds(60));

        (await RowAsync(app, id)).PairReason.ShouldBe(PairReasons.Interrupted);
        (await Tokens(app).ConfigTokenAsync(id, Stop)).Value.ShouldBe(TestWorkspaces.ConfigToken, "the old token is good until it ends");
        time.Shift(TimeSpan.FromHours(12));
        var refused = await Tokens(app).ConfigTokenAsync(id, Stop);
        (refused.Refusal, refused.Code).ShouldBe((WorkspaceTokenRefusal.NeedsNewPair, PairReasons.Interrupted));
        Calls(app).ShouldBe(0);
    }

    [Fact]
    public async Task Rotation_ClaimOfAnInstanceThatLives_IsWaitedForAndNotJudged()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null, $"{TestDatabase.PostgresVariable} is not set");
        await using var app = await StartAsync(DatabaseProvider.PostgreSql, new ShiftedTime());
        var id = await app.AddWorkspaceAsync();
        await app.Database.ExecuteAsync($"UPDATE \"SlackWorkspaces\" SET \"RotationToken\" = 4711, \"RotationUntil\" = {DateTimeOffset.UtcNow.AddMinutes(5).UtcTicks}");

        await app.Services.GetRequiredService<TokenRotator>().JudgeAsync(await RowAsync(app, id), all: false, Stop);

        (await RowAsync(app, id)).PairState.ShouldBe(TokenPairState.Ok);
        (await Tokens(app).ConfigTokenAsync(id, Stop)).Value.ShouldBe(TestWorkspaces.ConfigToken);
    }

    [Theory, DatabaseData]
    public async Task Rotation_RefusedBySlack_AsksForANewPair(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var id = await app.AddWorkspaceAsync();
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.ErrorCode,
            ErrorCode = "invalid_refresh_token", Method = Method });
        time.Shift(TimeSpan.FromHours(12));

        var refused = await Tokens(app).ConfigTokenAsync(id, Stop);
        await Tokens(app).ConfigTokenAsync(id, Stop);

        (refused.Refusal, refused.Code).ShouldBe((WorkspaceTokenRefusal.NeedsNewPair, "invalid_refresh_token"));
        Calls(app).ShouldBe(1);
        var need = (await app.Services.GetRequiredService<OverviewService>()
            .GetAsync(ChartRange.Day, Viewer, Stop)).Others.ShouldHaveSingleItem();
        (need.Href, need.Code, need.IsUrgent).ShouldBe(($"slack/workspaces/{id}", "invalid_refresh_token", true));
        (await AuditAsync(app)).ShouldContain(entry => entry.Action == "slack-workspace.rotate" && entry.Result == AuditResult.Failed);
    }

    [Theory]
    [InlineData(FaultKind.Status, 503)]
    [InlineData(FaultKind.Status, 429)]
    [InlineData(FaultKind.Html, 403)]
    [InlineData(FaultKind.Reset, null)]
    public async Task Rotation_TroubleThatPasses_IsTriedAgainAndTheOldTokenGoesOn(FaultKind kind, int? status)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(DatabaseProvider.Sqlite, time);
        var id = await app.AddWorkspaceAsync();
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = kind, Status = status, Method = Method });
        time.Shift(TimeSpan.FromHours(12) - TimeSpan.FromMinutes(4));

        var meanwhile = await Tokens(app).ConfigTokenAsync(id, Stop);
        var failed = await RowAsync(app, id);
        time.Shift(TimeSpan.FromMinutes(10));
        var later = await Tokens(app).ConfigTokenAsync(id, Stop);

        meanwhile.Value.ShouldBe(TestWorkspaces.ConfigToken);
        (failed.PairState, failed.RotationToken, failed.RotationFailures, failed.RotationRetryAt is not null)
            .ShouldBe((TokenPairState.Ok, null, 1, true));
        later.Ok.ShouldBeTrue();
        (await RowAsync(app, id)).RotationFailures.ShouldBe(0);
    }

    [Fact]
    public async Task Rotation_AnswerLost_IsLearnedByTheNextTry()
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(DatabaseProvider.Sqlite, time);
        var id = await app.AddWorkspaceAsync();
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.AcceptThenReset, Method = Method });
        time.Shift(TimeSpan.FromHours(12));

        var first = await Tokens(app).ConfigTokenAsync(id, Stop);
        time.Shift(TimeSpan.FromMinutes(1));
        var second = await Tokens(app).ConfigTokenAsync(id, Stop);

        first.Refusal.ShouldBe(WorkspaceTokenRefusal.TryLater);
        (second.Refusal, second.Code).ShouldBe((WorkspaceTokenRefusal.NeedsNewPair, "invalid_refresh_token"));
    }

    [Fact]
    public async Task ReportRefused_TokenOfAnEarlierPair_IsRenewedOnce()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, new ShiftedTime());
        var id = await app.AddWorkspaceAsync();
        var token = (await Tokens(app).ConfigTokenAsync(id, Stop)).Value!;

        var first = await Tokens(app).ReportRefusedAsync(id, token, "token_revoked", Stop);
        var second = await Tokens(app).ReportRefusedAsync(id, token, "token_revoked", Stop);

        (first, second).ShouldBe((true, true));
        Calls(app).ShouldBe(1);
    }

    [Fact]
    public async Task ConfigToken_NoneOrWithoutRefreshToken_SaysWhy()
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(DatabaseProvider.Sqlite, time);
        var without = await app.AddWorkspaceAsync(configToken: null);
        var alone = await app.AddWorkspaceAsync(refreshToken: null);

        (await Tokens(app).ConfigTokenAsync(without, Stop)).Refusal.ShouldBe(WorkspaceTokenRefusal.NoneSet);
        (await Tokens(app).ConfigTokenAsync(alone, Stop)).Ok.ShouldBeTrue();
        (await Tokens(app).ConfigTokenAsync(999, Stop)).Refusal.ShouldBe(WorkspaceTokenRefusal.WorkspaceGone);
        time.Shift(TimeSpan.FromHours(12));
        var ended = await Tokens(app).ConfigTokenAsync(alone, Stop);
        (ended.Refusal, ended.Code).ShouldBe((WorkspaceTokenRefusal.NeedsNewPair, PairReasons.Ended));
    }

    private static WorkspaceTokens Tokens(NotifyAdminApp app) => app.Services.GetRequiredService<WorkspaceTokens>();

    private static int Calls(NotifyAdminApp app) => app.Sandbox.Calls.All.Count(call => call.Method == Method);

    private static string Unprotect(NotifyAdminApp app, ProtectedString secret) =>
        app.Services.GetRequiredService<SecretProtector>().Unprotect(secret);

    private static async Task<SlackWorkspace> RowAsync(NotifyAdminApp app, int id) =>
        (await app.Services.GetRequiredService<SlackWorkspaceStore>().FindAsync(id, Stop))!;

    private static Task RestartAsync(NotifyAdminApp app) => app.RestartAsync();

    private static async Task<List<AuditEntry>> AuditAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        return await context.AuditEntries.AsNoTracking().Where(entry => entry.SubjectKind == "slack-workspace").ToListAsync(Stop);
    }

    private static NotifyAdminSettings Settings(DatabaseProvider provider, TimeProvider time, TestDatabase? database = null) =>
        new() { Provider = provider, Database = database, Time = time };

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, TimeProvider time, TestDatabase? database = null) =>
        NotifyAdminApp.StartAsync(Settings(provider, time, database) with { WithSandbox = true });
}
