using System.Text.Json.Nodes;

namespace Notify.Sandbox.Slack;

/// <summary><c>users.*</c></summary>
internal static class UserMethods
{
    public static Answer List(SlackRequest request)
    {
        if (ConversationMethods.FindTeam(request, out var teamId) is { } refusal)
        {
            return refusal;
        }

        return SlackPage.Cut(
            request.Arguments, request.Slack.Users.All, user =>
                user.Id, user => user.TeamId == teamId, user => Show(user, request), 0, out var page)
            ?? SlackAnswers.Ok(new JsonObject
            {
                ["members"] = page.Items,
                ["cache_ts"] = request.State.Time.GetUtcNow().ToUnixTimeSeconds(),
                ["response_metadata"] = page.Metadata,
            });
    }

    public static Answer Info(SlackRequest request)
    {
        if (request.Arguments.Text("user") is not { } id)
        {
            return SlackAnswers.MissingArgument("user");
        }

        return Find(request, user => user.Id == id) is { } user
            ? SlackAnswers.Ok(new JsonObject { ["user"] = Show(user, request) })
            : SlackAnswers.Error("user_not_found");
    }

    public static Answer LookUpByEmail(SlackRequest request)
    {
        if (request.Arguments.Text("email") is not { } email)
        {
            return SlackAnswers.MissingArgument("email");
        }

        // The plural is Slack's.
        return Find(request, user => !user.Deleted && string.Equals(user.Email, email, StringComparison.OrdinalIgnoreCase)) is { } user
            ? SlackAnswers.Ok(new JsonObject { ["user"] = Show(user, request) })
            : SlackAnswers.Error("users_not_found");
    }

    private static SandboxUser? Find(SlackRequest request, Func<SandboxUser, bool> wanted) =>
        request.Slack.Users.All.FirstOrDefault(user => (request.Caller.IsOrg || user.TeamId == request.Caller.TeamId) && wanted(user));

    private static JsonObject Show(SandboxUser user, SlackRequest request)
    {
        var profile = new JsonObject { ["real_name"] = user.RealName, ["display_name"] = user.DisplayName ?? "" };
        if (user.Email is not null && request.Caller.Scopes.Contains("users:read.email", StringComparer.Ordinal))
        {
            profile["email"] = user.Email;
        }

        var shown = new JsonObject
        {
            ["id"] = user.Id,
            ["team_id"] = user.TeamId,
            ["name"] = user.Name,
            ["deleted"] = user.Deleted,
            ["real_name"] = user.RealName,
            ["tz"] = user.Tz,
            ["profile"] = profile,
            ["is_admin"] = user.IsAdmin,
            ["is_restricted"] = user.IsRestricted,
            ["is_bot"] = user.IsBot,
            ["is_app_user"] = user.IsAppUser,
            ["is_email_confirmed"] = user.IsEmailConfirmed,
            ["updated"] = 1735787045,
        };
        if (request.Slack.Teams.Find(user.TeamId)?.EnterpriseId is { } organisation)
        {
            shown["enterprise_user"] = new JsonObject
            {
                ["id"] = user.Id, ["enterprise_id"] = organisation, ["teams"] = new JsonArray(user.TeamId),
            };
        }

        return shown;
    }
}
