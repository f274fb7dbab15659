using System.Text.Json;
using System.Text.Json.Nodes;

namespace Notify.Sandbox.Slack;

/// <summary><c>chat.*</c></summary>
internal static class ChatMethods
{
    private const int MostText = 40_000;
    private const int MostMarkdownText = 12_000;
    private const int MostAttachments = 100;

    public static Answer PostMessage(SlackRequest request)
    {
        if (FindChannel(request, out var channel) is { } refusal)
        {
            return refusal;
        }

        if (CheckContent(request.Arguments, out var blocks) is { } problem)
        {
            return problem;
        }

        // The answer to a message that is gone becomes one in the channel, and only what it leaves out says so.
        var slack = request.State.Slack;
        var thread = request.Arguments.Text("thread_ts") is { } given && slack.Posts.Find(channel.Id, given) is { } first
            ? first.ThreadTs ?? given : null;
        var ts = slack.NextTimestamp();
        return Accept(request, channel, blocks, ts, thread, isUpdate: false);
    }

    public static Answer Update(SlackRequest request)
    {
        if (request.Arguments.Text("ts") is not { } ts)
        {
            return SlackAnswers.MissingArgument("ts");
        }

        if (FindChannel(request, out var channel) is { } refusal)
        {
            return refusal;
        }

        if (request.Slack.Posts.Find(channel.Id, ts) is not { } post)
        {
            return SlackAnswers.Error("message_not_found");
        }

        if (post.AppId != request.Caller.AppId)
        {
            return SlackAnswers.Error("cant_update_message");
        }

        return CheckContent(request.Arguments, out var blocks)
            ?? Accept(request, channel, blocks, ts, post.ThreadTs, isUpdate: true);
    }

    public static Answer PostEphemeral(SlackRequest request)
    {
        if (request.Arguments.Text("user") is not { } user)
        {
            return SlackAnswers.MissingArgument("user");
        }

        if (FindChannel(request, out var channel) is { } refusal)
        {
            return refusal;
        }

        if (!channel.Members.Contains(user))
        {
            return SlackAnswers.Error("user_not_in_channel");
        }

        if (CheckContent(request.Arguments, out _) is { } problem)
        {
            return problem;
        }

        var (state, ts) = (request.State, request.Slack.NextTimestamp());
        var call = request.Call with { Destination = channel.Id };
        state.Counters.CountMessage(call);
        state.Messages.Append(index => new SandboxMessage(
            index, state.Time.GetUtcNow(), call, $"#{channel.Name}", ts, request.Arguments.ToJson()) { OnlyFor = user });
        return SlackAnswers.Ok(new JsonObject { ["message_ts"] = ts });
    }

    private static Answer Accept(
        SlackRequest request, SandboxChannel channel, JsonElement? blocks, string ts, string? thread, bool isUpdate)
    {
        var (state, token) = (request.State, request.Caller);
        var given = request.Arguments.Text("text") ?? "";
        var text = Shorten(given);
        var message = new JsonObject
        {
            ["type"] = "message",
            ["subtype"] = "bot_message",
            ["text"] = text,
            ["ts"] = ts,
            ["user"] = token.UserId,
            ["team"] = token.TeamId,
            ["app_id"] = token.AppId,
        };
        if (token.BotId is not null)
        {
            message["bot_id"] = token.BotId;
        }

        if (thread is not null)
        {
            message["thread_ts"] = thread;
        }

        if (blocks is { } list)
        {
            message["blocks"] = JsonArray.Create(list);
        }

        var interactive = SlackPress.IsInteractive(blocks) ? message.DeepClone().AsObject() : null;
        request.Slack.Posts.Add(ts, new SlackPost(channel.Id, token.AppId, thread, interactive));
        var now = state.Time.GetUtcNow();
        var call = request.Call with { Destination = channel.Id };
        var body = request.Arguments.ToJson(text.Length < given.Length ? text : null);
        state.Counters.CountMessage(call);
        state.Messages.Append(index => new SandboxMessage(
            index, now, call, channel.Name.Length > 0 ? $"#{channel.Name}" : null, ts, body, thread, isUpdate));
        var answer = new JsonObject { ["channel"] = channel.Id, ["ts"] = ts, ["message"] = message };
        if (isUpdate)
        {
            answer["text"] = text;
        }

        return SlackAnswers.Ok(answer);
    }

    private static Answer? FindChannel(SlackRequest request, out SandboxChannel channel)
    {
        channel = new SandboxChannel();
        var (slack, token) = (request.Slack, request.Caller);
        if (request.Arguments.Text("channel") is not { } given)
        {
            return SlackAnswers.MissingArgument("channel");
        }

        if (slack.Users.Find(given) is { Deleted: false } user)
        {
            // Posting to a person opens the direct channel with them.
            channel = new SandboxChannel { Id = "D" + user.Id[1..], Members = [token.UserId] };
            return null;
        }

        var found = slack.Channels.Find(given);
        if (found is null && token.IsOrg)
        {
            return SlackAnswers.Error("team_not_found");
        }

        found ??= SlackEndpoint.FindChannel(slack, given);
        if (found is null || !found.IsVisibleTo(token))
        {
            return SlackAnswers.Error("channel_not_found");
        }

        channel = found;
        if (found.IsArchived)
        {
            return SlackAnswers.Error("is_archived");
        }

        if (!found.Has(token) && !token.Scopes.Contains("chat:write.public", StringComparer.Ordinal))
        {
            return SlackAnswers.Error("not_in_channel");
        }

        return found.PostError is null ? null : SlackAnswers.Error(found.PostError);
    }

    private static Answer? CheckContent(SlackArguments arguments, out JsonElement? blocks)
    {
        if (!arguments.TryJson("blocks", out blocks) || blocks is { ValueKind: not JsonValueKind.Array })
        {
            return SlackAnswers.Error("invalid_blocks_format");
        }

        if (!arguments.TryJson("attachments", out var attachments) || attachments is { ValueKind: not JsonValueKind.Array })
        {
            return SlackAnswers.Error("invalid_attachments");
        }

        if (attachments?.GetArrayLength() > MostAttachments)
        {
            return SlackAnswers.Error("too_many_attachments");
        }

        var (text, markdown) = (arguments.Text("text"), arguments.Text("markdown_text"));
        if (markdown is not null && (text is not null || blocks is not null))
        {
            return SlackAnswers.Error("markdown_text_conflict");
        }

        if (markdown?.Length > MostMarkdownText)
        {
            return SlackAnswers.Error("msg_too_long");
        }

        var hasBlocks = blocks?.GetArrayLength() > 0;
        if (text is null && markdown is null && !hasBlocks && !(attachments?.GetArrayLength() > 0))
        {
            return SlackAnswers.Error("no_text");
        }

        return hasBlocks && BlockRules.FindProblems(blocks!.Value) is { Count: > 0 } problems
            ? SlackAnswers.Error("invalid_blocks", problems) : null;
    }

    /// <summary>Slack cuts the text rather than refusing it; never inside a character.</summary>
    private static string Shorten(string text) =>
        text.Length <= MostText ? text : text[..(char.IsHighSurrogate(text[MostText - 1]) ? MostText - 1 : MostText)];
}
