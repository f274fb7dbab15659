using System.Text.Json;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Sandbox;

public sealed class SlackRotationTests : SandboxTest
{
    [Fact]
    public async Task Rotate_GivesANewPairOnce()
    {
        var first = await RotateAsync(SlackSeeds.RefreshToken);
        var again = await RotateAsync(SlackSeeds.RefreshToken);
        var second = await RotateAsync(first.GetProperty("refresh_token").GetString()!);

        Code(first).ShouldBe("ok");
        first.GetProperty("team_id").GetString().ShouldBe(SlackSeeds.TeamId);
        first.GetProperty("user_id").GetString().ShouldBe(SlackSeeds.PersonId(1));
        (first.GetProperty("exp").GetInt64() - first.GetProperty("iat").GetInt64()).ShouldBe(12 * 3600);
        first.GetProperty("token").GetString().ShouldStartWith("xoxe.xoxp-");
        first.GetProperty("refresh_token").GetString().ShouldStartWith("xoxe-");
        Code(again).ShouldBe("invalid_refresh_token");
        Code(second).ShouldBe("ok");
    }

    [Fact]
    public async Task ConfigurationToken_After12Hours_IsExpiredButItsRefreshTokenWorks()
    {
        Time.Move(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Code(await SlackAsync("auth.test", token: SlackSeeds.ConfigurationToken)).ShouldBe("ok");
        Time.Move(TimeSpan.FromSeconds(1));
        Code(await SlackAsync("auth.test", token: SlackSeeds.ConfigurationToken)).ShouldBe("token_expired");

        var fresh = await RotateAsync(SlackSeeds.RefreshToken);

        Code(await SlackAsync("auth.test", token: fresh.GetProperty("token").GetString())).ShouldBe("ok");
    }

    [Theory]
    [InlineData(false, "ok")]
    [InlineData(true, "token_revoked")]
    public async Task Rotate_OldToken_FollowsTheSwitch(bool revokes, string code)
    {
        await PutAsync("/settings", new { rotationRevokesToken = revokes });
        await RotateAsync(SlackSeeds.RefreshToken);

        Code(await SlackAsync("auth.test", token: SlackSeeds.ConfigurationToken)).ShouldBe(code);
    }

    [Fact]
    public async Task Rotate_AnswerLost_HasUsedUpTheRefreshToken()
    {
        await FaultAsync(new { target = "slack", method = "tooling.tokens.rotate", kind = "acceptThenReset" });

        await Should.ThrowAsync<HttpRequestException>(() => RotateAsync(SlackSeeds.RefreshToken));
        Code(await RotateAsync(SlackSeeds.RefreshToken)).ShouldBe("invalid_refresh_token");
    }

    [Fact]
    public async Task Rotate_RefreshToken_StaysOutOfTheCallLog()
    {
        await RotateAsync(SlackSeeds.RefreshToken);

        using var response = await ControlAsync(HttpMethod.Get, "/calls");
        (await response.Content.ReadAsStringAsync(Token)).ShouldNotContain(SlackSeeds.RefreshToken);
    }

    private Task<JsonElement> RotateAsync(string refreshToken) =>
        SlackAsync("tooling.tokens.rotate", new { refresh_token = refreshToken }, null);
}
