using System.Text.Json.Nodes;

namespace Notify.Sandbox.Slack;

/// <summary><c>auth.*</c></summary>
internal static class AuthMethods
{
    public static Answer Test(SlackRequest request)
    {
        var token = request.Caller;
        var team = request.Slack.Teams.Find(token.TeamId);
        var body = new JsonObject
        {
            ["url"] = $"https://{team?.Domain}.slack.com/",
            ["team"] = team?.Name,
            ["user"] = request.Slack.Users.Find(token.UserId)?.Name,
            ["team_id"] = token.TeamId,
            ["user_id"] = token.UserId,
        };
        if (token.BotId is not null)
        {
            body["bot_id"] = token.BotId;
        }

        if (team?.EnterpriseId is not null)
        {
            body["enterprise_id"] = team.EnterpriseId;
        }

        body["is_enterprise_install"] = token.IsOrg;
        if (token.ExpiresAt is { } end)
        {
            body["expires_in"] = (long)(end - request.State.Time.GetUtcNow()).TotalSeconds;
        }

        return SlackAnswers.Ok(body);
    }

    /// <summary>The workspaces an app is approved for: all of the organisation's with an org token, else the token's own.</summary>
    public static Answer ListTeams(SlackRequest request)
    {
        var token = request.Caller;
        return SlackPage.Cut(
            request.Arguments,
            [.. request.Slack.Teams.All.Where(team => token.IsOrg || team.Id == token.TeamId)],
            team => team.Id,
            _ => true,
            team => new JsonObject { ["id"] = team.Id, ["name"] = team.Name },
            100,
            out var page) ?? SlackAnswers.Ok(new JsonObject { ["teams"] = page.Items, ["response_metadata"] = page.Metadata });
    }
}
