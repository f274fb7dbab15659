using System.Net;
using System.Text;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Sandbox;

public sealed class SlackAuthTests : SandboxTest
{
    [Theory]
    [InlineData(null, "not_authed")]
    [InlineData("xoxb-of-somebody-else", "invalid_auth")]
    [InlineData(SlackSeeds.RevokedToken, "token_revoked")]
    [InlineData(SlackSeeds.ExpiredToken, "token_expired")]
    [InlineData(SlackSeeds.BotToken, "ok")]
    public async Task AuthTest_EachKindOfToken_AnswersItsCode(string? token, string code)
    {
        Code(await SlackAsync("auth.test", token: token)).ShouldBe(code);
    }

    [Fact]
    public async Task AuthTest_GoodToken_SaysWhoAndWhatItMay()
    {
        using var response = await SlackResponseAsync("auth.test");
        var answer = await ReadAsync(response);

        answer.GetProperty("team_id").GetString().ShouldBe(SlackSeeds.TeamId);
        answer.GetProperty("user_id").GetString().ShouldBe(SlackSeeds.BotUserId);
        answer.GetProperty("bot_id").GetString().ShouldBe(SlackSeeds.BotId);
        answer.GetProperty("enterprise_id").GetString().ShouldBe(SlackSeeds.OrganisationId);
        response.Headers.GetValues("X-OAuth-Scopes").Single().Split(',').ShouldContain("chat:write");
    }

    [Fact]
    public async Task Call_WithoutScope_SaysWhatIsNeededAndProvided()
    {
        var answer = await SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined, text = "x" }, SlackSeeds.ReadOnlyToken);

        Code(answer).ShouldBe("missing_scope");
        answer.GetProperty("needed").GetString().ShouldBe("chat:write");
        answer.GetProperty("provided").GetString().ShouldBe("channels:read,users:read");
    }

    [Fact]
    public async Task Call_WithAnotherKindOfToken_IsNotAllowed()
    {
        Code(await SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined, text = "x" }, SlackSeeds.ConfigurationToken))
            .ShouldBe("not_allowed_token_type");
        Code(await SlackAsync("functions.distributions.permissions.list", new { function_id = SlackSeeds.NamedFunction }))
            .ShouldBe("not_allowed_token_type");
    }

    [Fact]
    public async Task Token_InForm_IsAcceptedAndInQueryIsNot()
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("token", SlackSeeds.BotToken)]);
        using var posted = await Http.PostAsync(new Uri("api/auth.test", UriKind.Relative), form, Token);
        Code(await ReadAsync(posted)).ShouldBe("ok");

        using var got = await Http.GetAsync(new Uri($"api/auth.test?token={SlackSeeds.BotToken}", UriKind.Relative), Token);
        Code(await ReadAsync(got)).ShouldBe("not_authed");
    }

    [Fact]
    public async Task UnknownMethod_IsNamed()
    {
        var answer = await SlackAsync("chat.sing");

        Code(answer).ShouldBe("unknown_method");
        answer.GetProperty("req_method").GetString().ShouldBe("chat.sing");
    }

    [Theory]
    [InlineData("application/json", "{", "invalid_json")]
    [InlineData("application/json", "[]", "json_not_object")]
    [InlineData("text/plain", "channel=x", "invalid_post_type")]
    [InlineData("application/json; charset=latin1", "{}", "invalid_charset")]
    [InlineData("application/x-www-form-urlencoded", "user_ids%5B%5D=U1", "invalid_array_arg")]
    public async Task Call_MalformedBody_AnswersItsCode(string contentType, string body, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post,
            "api/auth.test") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        request.Headers.Add("Authorization", $"Bearer {SlackSeeds.BotToken}");
        using var response = await Http.SendAsync(request, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        Code(await ReadAsync(response)).ShouldBe(code);
    }

    [Fact]
    public async Task Call_JsonToAMethodThatTakesNone_IsAsIfNoArgumentsWereSent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/users.info")
        {
            Content = new StringContent("""{"user":"U0PERSON01"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", $"Bearer {SlackSeeds.BotToken}");
        using var response = await Http.SendAsync(request, Token);

        Code(await ReadAsync(response)).ShouldBe("missing_argument");
    }

    [Fact]
    public async Task TeamsList_OrgToken_PagesThroughAllTeams()
    {
        var own = await SlackAsync("auth.teams.list");
        var first = await SlackAsync("auth.teams.list", new { limit = 1 }, SlackSeeds.OrgToken);
        var cursor = first.GetProperty("response_metadata").GetProperty("next_cursor").GetString();
        var second = await SlackAsync("auth.teams.list", new { limit = 1, cursor }, SlackSeeds.OrgToken);

        own.GetProperty("teams").GetArrayLength().ShouldBe(1);
        first.GetProperty("teams")[0].GetProperty("id").GetString().ShouldBe(SlackSeeds.TeamId);
        second.GetProperty("teams")[0].GetProperty("id").GetString().ShouldBe(SlackSeeds.OtherTeamId);
        second.GetProperty("response_metadata").GetProperty("next_cursor").GetString().ShouldBe("");
    }

    [Fact]
    public async Task TeamInfo_OwnAndForeign_AreToldApart()
    {
        var own = await SlackAsync("team.info");

        own.GetProperty("team").GetProperty("domain").GetString().ShouldBe("sandbox");
        own.GetProperty("team").GetProperty("enterprise_name").GetString().ShouldBe("Sandbox Group");
        Code(await SlackAsync("team.info", new { team = SlackSeeds.OtherTeamId })).ShouldBe("team_not_found");
    }

    [Fact]
    public async Task Call_BeyondTheMethodsRate_Is429UntilRoom()
    {
        Server.Settings = Server.Settings with { SlackCallsPerMinute = new Dictionary<string, int> { ["auth.test"] = 2 } };
        await SlackAsync("auth.test");
        Time.Move(TimeSpan.FromSeconds(10));
        await SlackAsync("auth.test");

        using var refused = await SlackResponseAsync("auth.test");
        Time.Move(TimeSpan.FromSeconds(50));
        using var accepted = await SlackResponseAsync("auth.test");

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(50));
        Code(await ReadAsync(refused)).ShouldBe("ratelimited");
        Code(await ReadAsync(accepted)).ShouldBe("ok");
    }
}
