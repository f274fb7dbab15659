using System.Text.Json.Nodes;

namespace Notify.Sandbox.Slack;

/// <summary><c>conversations.*</c></summary>
internal static class ConversationMethods
{
    private static readonly Dictionary<string, string> ScopeOfType = new()
    {
        ["public_channel"] = "channels:read",
        ["private_channel"] = "groups:read",
        ["mpim"] = "mpim:read",
        ["im"] = "im:read",
    };

    public static Answer List(SlackRequest request)
    {
        var types = request.Arguments.List("types") is { Count: > 0 } given ? given : ["public_channel"];
        if (types.Any(type => !ScopeOfType.ContainsKey(type)))
        {
            return SlackAnswers.Error("invalid_types");
        }

        if (types.Select(type => ScopeOfType[type])
            .FirstOrDefault(scope => !request.Caller.Scopes.Contains(scope, StringComparer.Ordinal)) is { } missing)
        {
            return SlackAnswers.MissingScope(missing, request.Caller.Scopes);
        }

        if (FindTeam(request, out var teamId) is { } refusal)
        {
            return refusal;
        }

        var withoutArchived = request.Arguments.Flag("exclude_archived");
        return SlackPage.Cut(
            request.Arguments,
            request.Slack.Channels.All,
            channel => channel.Id,
            channel => channel.TeamId == teamId && channel.IsVisibleTo(request.Caller)
            && types.Contains(channel.IsPrivate ? "private_channel" : "public_channel")
                && !(withoutArchived && channel.IsArchived),
            channel => Show(channel, request.Caller, true),
            100,
            out var page) ?? SlackAnswers.Ok(new JsonObject { ["channels"] = page.Items, ["response_metadata"] = page.Metadata });
    }

    public static Answer Info(SlackRequest request)
    {
        if (request.Arguments.Text("channel") is not { } id)
        {
            return SlackAnswers.MissingArgument("channel");
        }

        if (request.Slack.Channels.Find(id) is not { } channel || !channel.IsVisibleTo(request.Caller))
        {
            return SlackAnswers.Error("channel_not_found");
        }

        var scope = channel.IsPrivate ? "groups:read" : "channels:read";
        return request.Caller.Scopes.Contains(scope, StringComparer.Ordinal)
            ? SlackAnswers.Ok(new JsonObject { ["channel"] = Show(channel, request.Caller, request.Arguments.Flag("include_num_members")) })
            : SlackAnswers.MissingScope(scope, request.Caller.Scopes);
    }

    public static Answer Join(SlackRequest request)
    {
        var token = request.Caller;
        var scope = token.Kind == TokenKind.Bot ? "channels:join" : "channels:write";
        if (!token.Scopes.Contains(scope, StringComparer.Ordinal))
        {
            return SlackAnswers.MissingScope(scope, token.Scopes);
        }

        if (request.Arguments.Text("channel") is not { } id)
        {
            return SlackAnswers.MissingArgument("channel");
        }

        lock (request.Slack.Gate)
        {
            if (request.Slack.Channels.Find(id) is not { } channel || (channel.TeamId != token.TeamId && !token.IsOrg))
            {
                return SlackAnswers.Error("channel_not_found");
            }

            if (channel.IsPrivate)
            {
                return SlackAnswers.Error("method_not_supported_for_channel_type");
            }

            if (channel.IsArchived)
            {
                return SlackAnswers.Error("is_archived");
            }

            if (channel.Has(token))
            {
                return SlackAnswers.Ok(new JsonObject
                {
                    ["channel"] = Show(channel, token, false),
                    ["warning"] = "already_in_channel",
                    ["response_metadata"] = new JsonObject { ["warnings"] = new JsonArray("already_in_channel") },
                });
            }

            channel = channel with { Members = [.. channel.Members, token.UserId] };
            request.Slack.Channels.Put(channel);
            return SlackAnswers.Ok(new JsonObject { ["channel"] = Show(channel, token, false) });
        }
    }

    /// <summary>The workspace a list is about: with an org token it must be named.</summary>
    public static Answer? FindTeam(SlackRequest request, out string teamId)
    {
        teamId = request.Caller.TeamId;
        if (!request.Caller.IsOrg)
        {
            return null;
        }

        if (request.Arguments.Text("team_id") is not { } named)
        {
            return SlackAnswers.MissingArgument("team_id");
        }

        teamId = named;
        return request.Slack.Teams.Find(named) is null ? SlackAnswers.Error("team_not_found") : null;
    }

    private static JsonObject Show(SandboxChannel channel, SandboxToken caller, bool withCount)
    {
        var shown = new JsonObject
        {
            ["id"] = channel.Id,
            ["name"] = channel.Name,
            ["is_channel"] = !channel.IsPrivate,
            ["is_group"] = channel.IsPrivate,
            ["is_im"] = false,
            ["is_private"] = channel.IsPrivate,
            ["is_archived"] = channel.IsArchived,
            ["is_member"] = channel.Has(caller),
            ["is_general"] = channel.IsGeneral,
            ["is_shared"] = false,
            ["is_ext_shared"] = false,
            ["created"] = 1735787045,
            ["creator"] = SlackSeeds.PersonId(1),
            ["context_team_id"] = channel.TeamId,
            ["topic"] = new JsonObject { ["value"] = channel.Topic, ["creator"] = "", ["last_set"] = 0 },
            ["purpose"] = new JsonObject { ["value"] = "", ["creator"] = "", ["last_set"] = 0 },
        };
        if (withCount)
        {
            shown["num_members"] = channel.Members.Count;
        }

        return shown;
    }
}
