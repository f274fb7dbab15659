using Notify.Admin.FunctionAccess;
using Notify.Sandbox;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.FunctionAccess;

/// <summary>An apply against a sandbox that refuses, breaks, merges or replaces.</summary>
public sealed class ConvergenceTests(ConvergenceFixture fixture) : IClassFixture<ConvergenceFixture>
{
    private const string Function = "Fn0CONVERGE";
    private const string Methods = "functions.distributions.permissions.*";

    private SandboxServer Sandbox => fixture.Sandbox;

    // Two people per call: read, set, four adds, three removes where set merges, read back.
    private static AccessList TenCallsBefore => Named(Enumerable.Range(1, 8), [SlackSeeds.TeamId]);

    private static AccessList TenCallsWanted => Named([.. Enumerable.Range(7, 2), .. Enumerable.Range(11, 8)], [SlackSeeds.OtherTeamId]);

    public static TheoryData<int, SetSemantics, FaultKind> Positions => new(
        from position in Enumerable.Range(0, 10)
        from semantics in new[] { SetSemantics.Merge, SetSemantics.Replace }
        where semantics == SetSemantics.Merge || position < 7 // Nothing is left to remove: seven calls.
        from kind in new[] { FaultKind.ErrorCode, FaultKind.Reset, FaultKind.AcceptThenReset }
        select (position, semantics, kind));

    [Fact]
    public async Task RunAsync_TenCallsWithoutTrouble_IsDone()
    {
        Prepare(TenCallsBefore);
        var job = ConvergenceFixture.Job(Function, TenCallsWanted);

        (await fixture.RunAsync(job)).Kind.ShouldBe(AccessOutcomeKind.Done);

        job.Steps.Select(step => step.Method).ShouldBe(["list", "set", "add", "add", "add", "add", "remove", "remove", "remove", "list"]);
        fixture.Read(Function).SameAs(TenCallsWanted).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Positions))]
    public async Task RunAsync_EverythingFailsFromACallOn_SaysWhatRemainsAndASecondFinishes(int position, SetSemantics semantics,
        FaultKind kind)
    {
        Prepare(TenCallsBefore, semantics);
        Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = kind, Method = Methods, ErrorCode = "internal_error",
            After = position, Calls = 0 });

        var outcome = await fixture.RunAsync(ConvergenceFixture.Job(Function, TenCallsWanted));

        outcome.Kind.ShouldBe(AccessOutcomeKind.Incomplete);
        outcome.Code.ShouldNotBeNull();
        var atSlack = fixture.Read(Function);
        if (outcome.Remaining is { IsCertain: true } certain)
        {
            Shown(certain).ShouldBe(Shown(AccessRemainder.Of(atSlack, TenCallsWanted, isCertain: true)));
        }

        Sandbox.Faults.Clear();
        (await fixture.RunAsync(ConvergenceFixture.Job(Function, TenCallsWanted))).Kind.ShouldBe(AccessOutcomeKind.Done);
        fixture.Read(Function).SameAs(TenCallsWanted).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Positions))]
    public async Task RunAsync_OneCallIsRefused_SaysExactlyWhatRemainsAndASecondFinishes(int position, SetSemantics semantics,
        FaultKind kind)
    {
        Prepare(TenCallsBefore, semantics);
        Sandbox.Faults.Add(kind == FaultKind.ErrorCode
            ? new SandboxFault { Target = FaultTarget.Slack, Kind = kind, Method = Methods, ErrorCode = "access_denied", After = position,
                Calls = 1 }
            : new SandboxFault { Target = FaultTarget.Slack, Kind = kind, Method = Methods, After = position, Calls = 1 });

        var outcome = await fixture.RunAsync(ConvergenceFixture.Job(Function, TenCallsWanted));

        var atSlack = fixture.Read(Function);
        if (outcome.Kind == AccessOutcomeKind.Done)
        {
            atSlack.SameAs(TenCallsWanted).ShouldBeTrue();
            return;
        }

        outcome.Code.ShouldBe("access_denied");
        if (outcome.Remaining is { IsCertain: true } certain)
        {
            Shown(certain).ShouldBe(Shown(AccessRemainder.Of(atSlack, TenCallsWanted, isCertain: true)));
        }

        Sandbox.Faults.Clear();
        (await fixture.RunAsync(ConvergenceFixture.Job(Function, TenCallsWanted))).Kind.ShouldBe(AccessOutcomeKind.Done);
    }

    [Theory]
    [MemberData(nameof(Positions))]
    public async Task RunAsync_ProcessDiesAtACall_AnotherGoesOn(int position, SetSemantics semantics, FaultKind kind)
    {
        Prepare(TenCallsBefore, semantics);
        Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = kind, Method = Methods, ErrorCode = "internal_error",
            After = position, Calls = 1 });
        List<AccessStep> stored = [];
        AccessList? before = null;
        AccessJob? first = null;
        var saves = 0;
        first = ConvergenceFixture.Job(Function, TenCallsWanted, save: () =>
        {
            if (++saves > (2 * position) + 1)
            {
                throw new OperationCanceledException("The process is gone.");
            }

            stored = [.. first!.Steps];
            before = first.Before;
            return Task.CompletedTask;
        });
        await Should.ThrowAsync<OperationCanceledException>(() => fixture.RunAsync(first));
        Sandbox.Faults.Clear();

        var outcome = await fixture.RunAsync(ConvergenceFixture.Job(Function, TenCallsWanted, before: before, steps: stored));

        outcome.Kind.ShouldBe(AccessOutcomeKind.Done);
        fixture.Read(Function).SameAs(TenCallsWanted).ShouldBeTrue();
    }

    [Theory]
    [InlineData(SetSemantics.Merge)]
    [InlineData(SetSemantics.Replace)]
    public async Task RunAsync_RandomListsAndTrouble_Converges(SetSemantics semantics)
    {
        var random = new Random(20261121);
        for (var turn = 0; turn < 150; turn++)
        {
            var (before, wanted) = (Arbitrary(random), Arbitrary(random));
            Prepare(before, semantics, random.Next(2) == 0 ? PermissionFields.Documentation : PermissionFields.CommandLine);
            foreach (var kind in new[] { FaultKind.ErrorCode, FaultKind.AcceptThenReset, FaultKind.Html, FaultKind.Truncated })
            {
                Sandbox.Faults.Add(new SandboxFault
                {
                    Target = FaultTarget.Slack, Kind = kind, Method = Methods, ErrorCode = random.Next(2) == 0
                        ? "fatal_error" : "no_permission", Calls = random.Next(1, 5), Probability = 0.3,
                });
            }

            AccessOutcome outcome;
            var tries = 0;
            do
            {
                outcome = await fixture.RunAsync(ConvergenceFixture.Job(Function, wanted));
                outcome.Kind.ShouldNotBe(AccessOutcomeKind.Changed, $"turn {turn}");
                if (outcome is { Kind: AccessOutcomeKind.Incomplete, Remaining.IsCertain: true })
                {
                    Shown(outcome.Remaining).ShouldBe(Shown(AccessRemainder.Of(fixture.Read(Function), wanted, isCertain: true)),
                        $"turn {turn}");
                }
            }
            while (outcome.Kind != AccessOutcomeKind.Done && ++tries < 30);

            outcome.Kind.ShouldBe(AccessOutcomeKind.Done, $"turn {turn}");
            fixture.Read(Function).SameAs(wanted).ShouldBeTrue($"turn {turn}: {before} to {wanted}");
        }
    }

    [Fact]
    public async Task RunAsync_ChangedSinceThePlan_TouchesNothing()
    {
        Prepare(Named([1, 2]));
        var basis = fixture.Read(Function).Basis;
        fixture.Write(Function, Named([1, 2, 9]));
        Sandbox.Calls.Clear();

        var outcome = await fixture.RunAsync(ConvergenceFixture.Job(Function, Named([1, 3]), basis));

        outcome.Kind.ShouldBe(AccessOutcomeKind.Changed);
        outcome.Seen!.UserIds.ShouldContain(SlackSeeds.PersonId(9));
        Sandbox.Calls.All.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task RunAsync_ChangedByAnotherInTheMiddle_IsFoundAndKept()
    {
        Prepare(Named([1, 2, 3, 4]));
        var wanted = Named([1, 5, 6, 7, 8]);
        var stored = new List<AccessStep> { new("list", 0, default, "ok", null, 1), new("add", 2, default, "ok", null, 1) };
        fixture.Write(Function, Named([1, 2, 3, 4, 5, 6, 20]));
        Sandbox.Calls.Clear();

        var outcome = await fixture.RunAsync(ConvergenceFixture.Job(Function, wanted, before: Named([1, 2, 3, 4]), steps: stored));

        outcome.Kind.ShouldBe(AccessOutcomeKind.Changed);
        fixture.Read(Function).UserIds.ShouldContain(SlackSeeds.PersonId(20));
        Sandbox.Calls.All.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task RunAsync_OneUnknownPersonAmongMany_AddsTheOthersAndNamesHim()
    {
        Prepare(Named([1]));
        fixture.Options.UsersPerCall = 500;
        try
        {
            var wanted = Named(Enumerable.Range(1, 12));
            wanted = wanted with { Users = [.. wanted.Users, new AccessUser("U0NOBODY01")] };

            var outcome = await fixture.RunAsync(ConvergenceFixture.Job(Function, wanted));

            outcome.Kind.ShouldBe(AccessOutcomeKind.Incomplete);
            outcome.Code.ShouldBe("user_not_found");
            outcome.Detail.ShouldBe("U0NOBODY01");
            outcome.Remaining!.AddUserIds.ShouldBe(["U0NOBODY01"]);
            fixture.Read(Function).Users.Count.ShouldBe(12);
        }
        finally
        {
            fixture.Options.UsersPerCall = 2;
        }
    }

    [Fact]
    public async Task RunAsync_RateLimited_WaitsAsLongAsSlackAsks()
    {
        Prepare(Named([1]));
        Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Status, Status = 429, RetryAfter = "1",
            Method = "functions.distributions.permissions.add" });
        var job = ConvergenceFixture.Job(Function, Named([1, 2]));

        (await fixture.RunAsync(job)).Kind.ShouldBe(AccessOutcomeKind.Done);

        job.Steps.Select(step => $"{step.Method} {step.Code}").ShouldBe(["list ok", "add ratelimited", "add ok", "list ok"]);
        (job.Steps[2].At - job.Steps[1].At).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(0.9));
    }

    [Theory]
    [InlineData("app_not_found")]
    [InlineData("function_not_found")]
    [InlineData("invalid_permission_type")]
    [InlineData("invalid_distribution_type")]
    [InlineData("permission_type_required")]
    [InlineData("invalid_named_entities")]
    [InlineData("access_denied")]
    [InlineData("no_valid_named_entities")]
    [InlineData("too_many_named_entities")]
    [InlineData("connected_org_denied")]
    [InlineData("connected_team_denied")]
    [InlineData("function_belongs_to_another_app")]
    [InlineData("unknown_method")]
    [InlineData("missing_scope")]
    [InlineData("not_allowed_token_type")]
    [InlineData("brand_new_code")]
    public async Task RunAsync_SlackRefusesEachChange_EndsWithItsCodeAndWhatRemains(string code)
    {
        Prepare(Named([1]));
        Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.ErrorCode, ErrorCode = code,
            Method = "functions.distributions.permissions.add", Calls = 0 });

        var outcome = await fixture.RunAsync(ConvergenceFixture.Job(Function, Named([1, 2])));

        outcome.Kind.ShouldBe(AccessOutcomeKind.Incomplete);
        outcome.Code.ShouldBe(AccessErrors.Normalize(code));
        outcome.Remaining!.IsCertain.ShouldBeTrue();
        outcome.Remaining.AddUserIds.ShouldBe([SlackSeeds.PersonId(2)]);
    }

    [Theory]
    [InlineData(SetSemantics.Merge, 4)]
    [InlineData(SetSemantics.Replace, 3)]
    public async Task RunAsync_OtherWorkspacesAndPeople_CostsOneCallMoreOnlyWhereSetMerges(SetSemantics semantics, int calls)
    {
        Prepare(Named([1, 2], [SlackSeeds.TeamId]), semantics);
        var job = ConvergenceFixture.Job(Function, Named([2], [SlackSeeds.OtherTeamId]));

        (await fixture.RunAsync(job)).Kind.ShouldBe(AccessOutcomeKind.Done);

        job.Steps.Count.ShouldBe(calls);
    }

    private static AccessList Named(IEnumerable<int> people, string[]? teams = null, string[]? orgs = null) =>
        AccessList.Of(PermissionTypes.NamedEntities, people.Select(SlackSeeds.PersonId), teams, orgs);

    private static AccessList Arbitrary(Random random)
    {
        T[] Some<T>(IEnumerable<T> from) => [.. from.Where(_ => random.Next(3) == 0)];
        return random.Next(6) switch
        {
            0 => AccessList.Of(PermissionTypes.Everyone),
            1 => AccessList.Of(PermissionTypes.AppCollaborators),
            _ => Named(Some(Enumerable.Range(1, 12)), Some([SlackSeeds.TeamId, SlackSeeds.OtherTeamId]),
            Some([SlackSeeds.OrganisationId, "E0PARTNER1"])),
        };
    }

    private static string Shown(AccessRemainder remaining) => System.Text.Json.JsonSerializer.Serialize(remaining with
    {
        AddUserIds = [.. remaining.AddUserIds.Order(StringComparer.Ordinal)],
            RemoveUserIds = [.. remaining.RemoveUserIds.Order(StringComparer.Ordinal)],
    });

    private void Prepare(AccessList list, SetSemantics semantics = SetSemantics.Merge,
        PermissionFields fields = PermissionFields.Documentation)
    {
        Sandbox.Faults.Clear();
        Sandbox.Settings = new SandboxSettings { SetSemantics = semantics, PermissionFields = fields };
        fixture.Write(Function, list);
    }
}
