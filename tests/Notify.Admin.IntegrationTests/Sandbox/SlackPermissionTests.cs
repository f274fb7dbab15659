using System.Text.Json;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Sandbox;

public sealed class SlackPermissionTests : SandboxTest
{
    private static readonly string One = SlackSeeds.PersonId(1), Three = SlackSeeds.PersonId(3), Four = SlackSeeds.PersonId(4),
        Eleven = SlackSeeds.PersonId(11);

    [Fact]
    public async Task List_EachType_ShowsWhatBelongsToIt()
    {
        var named = await CallAsync("list", new { function_id = SlackSeeds.NamedFunction });
        var collaborators = await CallAsync("list", new { function_app_id = SlackSeeds.AppId, function_callback_id = "notify_on_call" });
        var everyone = await CallAsync("list", new { function_id = SlackSeeds.EveryoneFunction });
        var system = await CallAsync("list", new { function_id = SlackSeeds.SystemFunction });

        Type(named).ShouldBe("named_entities");
        Users(named).ShouldBe([One, Three, Eleven]);
        named.GetProperty("users")[0].GetProperty("username").GetString().ShouldBe("alice.nguyen");
        named.GetProperty("users")[0].GetProperty("email").GetString().ShouldBe("alice.nguyen@example.com");
        Strings(named.GetProperty("team_ids")).ShouldBe([SlackSeeds.TeamId]);
        named.TryGetProperty("org_ids", out _).ShouldBeFalse();
        Type(collaborators).ShouldBe("app_collaborators");
        Users(collaborators).ShouldBe([One, SlackSeeds.PersonId(2)]);
        Type(everyone).ShouldBe("everyone");
        everyone.TryGetProperty("users", out _).ShouldBeFalse();
        Type(system).ShouldBe("system");
    }

    [Theory]
    [InlineData("""{"function_id":"Fn404"}""", "function_not_found")]
    [InlineData("""{}""", "function_not_found")]
    [InlineData("""{"function_callback_id":"create_report"}""", "function_not_found")]
    [InlineData("""{"function_callback_id":"create_report","function_app_id":"A404"}""", "app_not_found")]
    [InlineData("""{"function_callback_id":"no_such","function_app_id":"A0SANDBOX1"}""", "function_not_found")]
    [InlineData("""{"function_id":"Fn0REPORT01","function_app_id":"A0FOREIGN1"}""", "function_belongs_to_another_app")]
    [InlineData("""{"function_id":"Fn0FOREIGN1"}""", "access_denied")]
    [InlineData("""{"function_id":"Fn0REPORT01","function_app_id":"A0SANDBOX1"}""", "ok")]
    public async Task List_EachNaming_AnswersItsCode(string arguments, string code)
    {
        Code(await CallAsync("list", JsonSerializer.Deserialize<JsonElement>(arguments))).ShouldBe(code);
    }

    [Fact]
    public async Task Add_KnownUsers_JoinTheOthers()
    {
        var added = await CallAsync("add", new { function_id = SlackSeeds.NamedFunction, user_ids = new[] { Four, One } });

        Users(added).ShouldBe([One, Three, Eleven, Four]);
        added.TryGetProperty("team_ids", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Add_OneUnknownUser_ChangesNothing()
    {
        Code(await CallAsync("add", new { function_id = SlackSeeds.NamedFunction, user_ids = new[] { Four, "U404" } }))
            .ShouldBe("user_not_found");

        Users(await ListAsync()).ShouldBe([One, Three, Eleven]);
    }

    [Fact]
    public async Task Remove_PresentAndAbsentUsers_LeavesTheRest()
    {
        var removed = await CallAsync("remove", new { function_id = SlackSeeds.NamedFunction, user_ids = $"{Three},{Four}" });

        Users(removed).ShouldBe([One, Eleven]);
    }

    [Theory]
    [InlineData("add")]
    [InlineData("remove")]
    public async Task AddRemove_AnotherType_IsRefused(string method)
    {
        Code(await CallAsync(method, new { function_id = SlackSeeds.EveryoneFunction, user_ids = new[] { One } }))
            .ShouldBe("invalid_permission_type");
    }

    [Theory]
    [InlineData("""{}""", "permission_type_required")]
    [InlineData("""{"permission_type":"nobody"}""", "invalid_arguments")]
    [InlineData("""{"permission_type":"everyone","user_ids":["U0PERSON01"]}""", "invalid_permission_type")]
    [InlineData("""{"permission_type":"named_entities","user_ids":["U404"]}""", "user_not_found")]
    [InlineData("""{"permission_type":"named_entities","team_ids":["T404"]}""", "invalid_named_entities")]
    [InlineData("""{"permission_type":"named_entities","org_ids":["E404"]}""", "invalid_named_entities")]
    [InlineData("""{"distribution_type":"everyone"}""", "ok")]
    public async Task Set_EachMistake_AnswersItsCode(string arguments, string code)
    {
        var all = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(arguments)!;
        all["function_id"] = JsonSerializer.SerializeToElement(SlackSeeds.NamedFunction);

        Code(await CallAsync("set", all)).ShouldBe(code);
        if (code != "ok")
        {
            Users(await ListAsync()).ShouldBe([One, Three, Eleven]);
        }
    }

    [Fact]
    public async Task Set_MoreThan50Teams_AreTooMany()
    {
        var answer = await CallAsync("set",
            new { function_id = SlackSeeds.NamedFunction, permission_type = "named_entities",
            team_ids = Enumerable.Repeat(SlackSeeds.TeamId, 51) });

        Code(answer).ShouldBe("too_many_named_entities");
    }

    [Fact]
    public async Task Set_Merging_KeepsEarlierUsersAndReplacesTeams()
    {
        var answer = await SetNamedAsync();

        Users(answer).ShouldBe([One, Three, Eleven, Four]);
        Strings(answer.GetProperty("team_ids")).ShouldBe([SlackSeeds.OtherTeamId]);
        Strings(answer.GetProperty("org_ids")).ShouldBe([SlackSeeds.OrganisationId]);
    }

    [Fact]
    public async Task Set_Replacing_KeepsOnlyTheGivenUsers()
    {
        await PutAsync("/settings", new { setSemantics = "replace" });

        Users(await SetNamedAsync()).ShouldBe([Four]);
    }

    [Fact]
    public async Task Set_AnotherType_EmptiesTheNamedLists()
    {
        await CallAsync("set", new { function_id = SlackSeeds.NamedFunction, permission_type = "everyone" });
        var named = await CallAsync("set", new { function_id = SlackSeeds.NamedFunction, permission_type = "named_entities" });

        Users(named).ShouldBeEmpty();
        named.TryGetProperty("team_ids", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task CommandLineFields_AreSpokenWhenSwitchedOn()
    {
        await PutAsync("/settings", new { permissionFields = "commandLine" });

        (await ListAsync()).GetProperty("distribution_type").GetString().ShouldBe("named_entities");
        var added = await CallAsync("add", new { function_id = SlackSeeds.NamedFunction, user_ids = new[] { Four } });
        Strings(added.GetProperty("user_ids")).ShouldContain(Four);
        Code(await CallAsync("add", new { function_id = SlackSeeds.EveryoneFunction, user_ids = new[] { Four } }))
            .ShouldBe("invalid_distribution_type");
    }

    [Fact]
    public async Task ConfigurationToken_WithoutWriteScope_MayOnlyList()
    {
        Server.Slack.Tokens.Put(Server.Slack.Tokens.Find(SlackSeeds.ConfigurationToken)! with { Scopes = ["app_configurations:read"] });

        Code(await ListAsync()).ShouldBe("ok");
        var answer = await CallAsync("add", new { function_id = SlackSeeds.NamedFunction, user_ids = new[] { Four } });
        Code(answer).ShouldBe("missing_scope");
        answer.GetProperty("needed").GetString().ShouldBe("app_configurations:write");
    }

    [Fact]
    public async Task Fault_AfterTheSecondChange_LeavesTheFirstTwo()
    {
        await FaultAsync(new { target = "slack", method = "functions.distributions.permissions.*", kind = "errorCode",
            errorCode = "internal_error", after = 2 });

        Code(await CallAsync("remove", new { function_id = SlackSeeds.NamedFunction, user_ids = new[] { One } })).ShouldBe("ok");
        Code(await CallAsync("remove", new { function_id = SlackSeeds.NamedFunction, user_ids = new[] { Three } })).ShouldBe("ok");
        Code(await CallAsync("remove", new { function_id = SlackSeeds.NamedFunction, user_ids = new[] { Eleven } }))
            .ShouldBe("internal_error");
        Users(await ListAsync()).ShouldBe([Eleven]);
        Server.Calls.All.Count(call => call.Method.EndsWith(".remove", StringComparison.Ordinal)).ShouldBe(3);
    }

    private Task<JsonElement> SetNamedAsync() => CallAsync("set", new
    {
        function_id = SlackSeeds.NamedFunction,
        permission_type = "named_entities",
        user_ids = new[] { Four },
        team_ids = new[] { SlackSeeds.OtherTeamId },
        org_ids = new[] { SlackSeeds.OrganisationId },
    });

    private Task<JsonElement> ListAsync() => CallAsync("list", new { function_id = SlackSeeds.NamedFunction });

    private Task<JsonElement> CallAsync(string method, object arguments) =>
        SlackAsync($"functions.distributions.permissions.{method}", arguments, SlackSeeds.ConfigurationToken);

    private static string? Type(JsonElement answer) => answer.GetProperty("permission_type").GetString();

    private static IEnumerable<string?> Users(JsonElement answer) =>
        answer.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("user_id").GetString());
}
