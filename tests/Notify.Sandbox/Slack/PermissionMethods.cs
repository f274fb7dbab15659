using System.Text.Json.Nodes;

namespace Notify.Sandbox.Slack;

/// <summary><c>functions.distributions.permissions.*</c>: who may add a function to a workflow.</summary>
internal static class PermissionMethods
{
    private const int MostNamed = 50;

    public static Answer List(SlackRequest request) =>
        Run(request, "app_configurations:read", function => (function, null, Shape.Full));

    public static Answer Add(SlackRequest request) => Run(request, "app_configurations:write", function =>
        CheckUsers(request, function, out var users) is { } refusal
            ? (function, refusal, Shape.UsersOnly)
            : (function with { UserIds = [.. function.UserIds.Union(users)] }, null, Shape.UsersOnly));

    public static Answer Remove(SlackRequest request) => Run(request, "app_configurations:write", function =>
        CheckUsers(request, function, out var users) is { } refusal
            ? (function, refusal, Shape.UsersOnly)
            : (function with { UserIds = [.. function.UserIds.Except(users)] }, null, Shape.UsersOnly));

    public static Answer Set(SlackRequest request) => Run(request, "app_configurations:write", function =>
    {
        var arguments = request.Arguments;
        var (users, teams, orgs) = (arguments.List("user_ids"), arguments.List("team_ids"), arguments.List("org_ids"));
        if ((arguments.Text("permission_type") ?? arguments.Text("distribution_type")) is not { } type)
        {
            return (function, SlackAnswers.Error("permission_type_required"), Shape.Full);
        }

        if (type is not (SandboxFunction.AppCollaborators or SandboxFunction.Everyone or SandboxFunction.NamedEntities))
        {
            // "system" is in Slack's enum, but nobody outside has been seen to set it.
            return (function, SlackAnswers.Error("invalid_arguments",
                $"must be a valid enum value: {type} [json-pointer:/permission_type]"), Shape.Full);
        }

        if (type != SandboxFunction.NamedEntities)
        {
            return users?.Count > 0 || teams?.Count > 0 || orgs?.Count > 0
                ? (function, WrongType(request), Shape.Full)
                : (function with { PermissionType = type, UserIds = [], TeamIds = [], OrgIds = [] }, null, Shape.Full);
        }

        return CheckNamed(request, users, teams, orgs) is { } refusal
            ? (function, refusal, Shape.Full)
            : (function with
            {
                PermissionType = type,
                UserIds = Merge(request, function, users),
                TeamIds = [.. (teams ?? function.TeamIds).Distinct()],
                OrgIds = [.. (orgs ?? function.OrgIds).Distinct()],
            }, null, Shape.Full);
    });

    private enum Shape
    {
        Full,
        UsersOnly,
    }

    /// <summary>Finds the function, changes it under the lock so that no call is lost between reading and writing, and shows it.</summary>
    private static Answer Run(SlackRequest request, string scope, Func<SandboxFunction,
        (SandboxFunction After, Answer? Refusal, Shape Shape)> change)
    {
        var token = request.Caller;
        if (token.Kind == TokenKind.Configuration && !token.Scopes.Contains(scope, StringComparer.Ordinal))
        {
            return SlackAnswers.MissingScope(scope, token.Scopes);
        }

        lock (request.Slack.Gate)
        {
            if (FindFunction(request, out var function) is { } refusal)
            {
                return refusal;
            }

            if (function.Managers is not null && !function.Managers.Contains(token.UserId, StringComparer.Ordinal))
            {
                return SlackAnswers.Error("access_denied");
            }

            var (after, problem, shape) = change(function);
            if (problem is not null)
            {
                return problem;
            }

            if (after != function)
            {
                request.Slack.Functions.Put(after);
            }

            return SlackAnswers.Ok(Show(request, after, shape));
        }
    }

    private static Answer? FindFunction(SlackRequest request, out SandboxFunction function)
    {
        var (id, callbackId, appId) = (request.Arguments.Text("function_id"), request.Arguments.Text("function_callback_id"),
            request.Arguments.Text("function_app_id"));
        function = new SandboxFunction();
        if (id is null && appId is not null && request.Slack.Functions.All.All(candidate => candidate.AppId != appId))
        {
            return SlackAnswers.Error("app_not_found");
        }

        // A callback id alone is not found either: it is unique only within its app.
        var found = id is not null
            ? request.Slack.Functions.Find(id)
            : request.Slack.Functions.All.FirstOrDefault(candidate => callbackId is not null && candidate.CallbackId == callbackId
                && candidate.AppId == appId);
        if (found is null)
        {
            return SlackAnswers.Error("function_not_found");
        }

        function = found;
        return appId is not null && found.AppId != appId ? SlackAnswers.Error("function_belongs_to_another_app") : null;
    }

    private static Answer? CheckUsers(SlackRequest request, SandboxFunction function, out IReadOnlyList<string> users)
    {
        users = request.Arguments.List("user_ids") ?? [];
        return function.PermissionType != SandboxFunction.NamedEntities ? WrongType(request) : FindUnknownUser(request, users);
    }

    private static Answer? CheckNamed(SlackRequest request, IReadOnlyList<string>? users, IReadOnlyList<string>? teams,
        IReadOnlyList<string>? orgs)
    {
        if (teams?.Count > MostNamed || orgs?.Count > MostNamed)
        {
            return SlackAnswers.Error("too_many_named_entities");
        }

        if ((teams ?? []).Any(id => request.Slack.Teams.Find(id) is null) || (orgs ?? [])
            .Any(id => request.Slack.Organisations.Find(id) is null))
        {
            return SlackAnswers.Error("invalid_named_entities");
        }

        return FindUnknownUser(request, users ?? []);
    }

    private static Answer? FindUnknownUser(SlackRequest request, IReadOnlyList<string> users) =>
        users.Any(id => request.Slack.Users.Find(id) is null or { Deleted: true }) ? SlackAnswers.Error("user_not_found") : null;

    private static Answer WrongType(SlackRequest request) => SlackAnswers.Error(
        request.State.Settings.PermissionFields == PermissionFields.CommandLine ? "invalid_distribution_type" : "invalid_permission_type");

    private static string[] Merge(SlackRequest request, SandboxFunction function, IReadOnlyList<string>? users) =>
        users is null
            ? [.. function.UserIds]
            : request.State.Settings.SetSemantics == SetSemantics.Merge ? [.. function.UserIds.Union(users)] : [.. users.Distinct()];

    private static JsonObject Show(SlackRequest request, SandboxFunction function, Shape shape)
    {
        var asCommandLine = request.State.Settings.PermissionFields == PermissionFields.CommandLine;
        var body = new JsonObject { [asCommandLine ? "distribution_type" : "permission_type"] = function.PermissionType };
        var users = function.PermissionType switch
        {
            SandboxFunction.NamedEntities => function.UserIds,
            SandboxFunction.AppCollaborators => function.Collaborators,
            _ => null,
        };
        if (users is not null && asCommandLine && shape == Shape.UsersOnly)
        {
            body["user_ids"] = Ids(users);
        }
        else if (users is not null)
        {
            body["users"] = new JsonArray([.. users.Select(id => ShowUser(request, id))]);
        }

        if (shape == Shape.Full && function.TeamIds.Count > 0)
        {
            body["team_ids"] = Ids(function.TeamIds);
        }

        if (shape == Shape.Full && function.OrgIds.Count > 0)
        {
            body["org_ids"] = Ids(function.OrgIds);
        }

        return body;
    }

    private static JsonObject ShowUser(SlackRequest request, string id)
    {
        var shown = new JsonObject { ["user_id"] = id };
        if (request.Slack.Users.Find(id) is { } user)
        {
            shown["username"] = user.Name;
            if (user.Email is not null)
            {
                shown["email"] = user.Email;
            }
        }

        return shown;
    }

    private static JsonArray Ids(IEnumerable<string> ids) => new([.. ids.Select(id => JsonValue.Create(id))]);
}
