using System.Text.Json.Nodes;

namespace Notify.Sandbox.Slack;

/// <summary><c>team.*</c></summary>
internal static class TeamMethods
{
    public static Answer Info(SlackRequest request)
    {
        var team = (request.Arguments.Text("team"), request.Arguments.Text("domain")) switch
        {
            ({ } id, _) => request.Slack.Teams.Find(id),
            (null, { } domain) => request.Slack.Teams.All.FirstOrDefault(candidate => candidate.Domain == domain),
            _ => request.Slack.Teams.Find(request.Caller.TeamId),
        };
        if (team is null || (team.Id != request.Caller.TeamId && !request.Caller.IsOrg))
        {
            return SlackAnswers.Error("team_not_found");
        }

        var shown = new JsonObject { ["id"] = team.Id, ["name"] = team.Name, ["domain"] = team.Domain, ["email_domain"] = "",
            ["icon"] = new JsonObject { ["image_default"] = true } };
        if (team.EnterpriseId is not null)
        {
            shown["enterprise_id"] = team.EnterpriseId;
            shown["enterprise_name"] = request.Slack.Organisations.Find(team.EnterpriseId)?.Name;
        }

        return SlackAnswers.Ok(new JsonObject { ["team"] = shown });
    }
}
