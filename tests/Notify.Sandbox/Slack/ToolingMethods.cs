using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Notify.Sandbox.Slack;

/// <summary><c>tooling.*</c>: exchanging an app configuration token. The refresh token is the credential, and works once.</summary>
internal static class ToolingMethods
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public static Answer Rotate(SlackRequest request)
    {
        if (request.Arguments.Text("refresh_token") is not { } refreshToken)
        {
            return SlackAnswers.MissingArgument("refresh_token");
        }

        lock (request.Slack.Gate)
        {
            if (request.Slack.Tokens.All.FirstOrDefault(token => token.RefreshToken == refreshToken) is not { } old)
            {
                return SlackAnswers.Error("invalid_refresh_token");
            }

            if (old.Error is not null)
            {
                return SlackAnswers.Error(old.Error);
            }

            var now = request.State.Time.GetUtcNow();
            var fresh = old with { Token = $"xoxe.xoxp-1-{Random()}", RefreshToken = $"xoxe-1-{Random()}", ExpiresAt = now + Lifetime };
            request.Slack.Tokens.Put(old with { RefreshToken = null, Error = request.State.Settings.RotationRevokesToken
                ? "token_revoked" : null }, fresh);
            return SlackAnswers.Ok(new JsonObject
            {
                ["token"] = fresh.Token,
                ["refresh_token"] = fresh.RefreshToken,
                ["team_id"] = fresh.TeamId,
                ["user_id"] = fresh.UserId,
                ["iat"] = now.ToUnixTimeSeconds(),
                ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
            });
        }
    }

    private static string Random() => Convert.ToHexString(RandomNumberGenerator.GetBytes(20));
}
