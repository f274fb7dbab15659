using System.Text.Json;

namespace Notify.Admin.Slack;

// The parts of Slack's answers that the product uses. They are read leniently: a missing or odd optional member never costs the rest.

/// <summary>An accepted message. <paramref name="Ts"/> is Slack's id of it: text with six decimals, never a number.</summary>
/// <param name="ThreadTs">The first message of the thread that it is in; null for one that is in none.</param>
internal sealed record SlackPosted(string? Channel, string? Ts, string? ThreadTs = null)
{
    public static SlackPosted Read(JsonElement root) =>
        new(root.Text("channel"), root.Text("ts"), root.Member("message")?.Text("thread_ts"));
}

/// <summary>Where to connect to for Socket Mode (<c>apps.connections.open</c>). Whoever has the address may connect: it is not
/// shown.</summary>
internal sealed class SlackSocketAddress
{
    public required Uri Url { get; init; }

    public static SlackSocketAddress? Read(JsonElement root) =>
        Uri.TryCreate(root.Text("url"), UriKind.Absolute, out var url) && url.Scheme is "wss" or "ws"
            ? new SlackSocketAddress { Url = url } : null;
}

/// <summary>Who a token is (<c>auth.test</c>).</summary>
internal sealed record SlackIdentity(string? Team, string? TeamId, string? User, string? UserId, string? BotId, string? Url,
    string? EnterpriseId, bool IsEnterpriseInstall)
{
    /// <summary>How long the token will still work; null where Slack did not say.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    public static SlackIdentity Read(JsonElement root) => new(
        root.Text("team"),
        root.Text("team_id"),
        root.Text("user"),
        root.Text("user_id"),
        root.Text("bot_id"),
        root.Text("url"),
        root.Text("enterprise_id"),
        root.Flag("is_enterprise_install"))
    {
        ExpiresIn = root.Seconds("expires_in"),
    };
}

/// <summary>A workspace that a token reaches (<c>auth.teams.list</c>).</summary>
internal sealed record SlackTeamListed(string Id, string Name)
{
    public static SlackTeamListed? Read(JsonElement item) =>
        SlackIds.Stored(item.Text("id")) is { } id ? new(id, item.Text("name") ?? id) : null;
}

/// <summary>A new app configuration token and its refresh token (<c>tooling.tokens.rotate</c>).</summary>
internal sealed class SlackTokenPair
{
    public required string Token { get; init; }

    public required string RefreshToken { get; init; }

    public string? UserId { get; init; }

    /// <summary>How long the token works; Slack's own difference, so that no clock is compared with another. Null where it did not
    /// say.</summary>
    public TimeSpan? Lifetime { get; init; }

    public static SlackTokenPair? Read(JsonElement root) =>
        root.Text("token") is { Length: > 0 } token && root.Text("refresh_token") is { Length: > 0 } refresh
            ? new SlackTokenPair
            {
                Token = token,
                RefreshToken = refresh,
                UserId = root.Text("user_id"),
                Lifetime = root.Seconds("exp") - root.Seconds("iat"),
            }
            : null;
}

/// <summary>A channel, private channel or direct message. <paramref name="Name"/> is null for direct messages.</summary>
internal sealed record SlackConversation(string Id, string? Name, bool IsPrivate, bool IsArchived, bool IsMember, bool IsExternallyShared,
    int? Members, string? Purpose)
{
    public static SlackConversation? Read(JsonElement item) => SlackIds.Stored(item.Text("id")) is { } id
        ? new(
            id,
            item.Text("name"),
            item.Flag("is_private"),
            item.Flag("is_archived"),
            item.Flag("is_member"),
            item.Flag("is_ext_shared"),
            item.Number("num_members"),
            item.Member("purpose")?.Text("value"))
        : null;
}

/// <summary>A person or bot. <paramref name="Email"/> is null without the scope users:read.email.</summary>
internal sealed record SlackUser(string Id, string? Handle, string? RealName, string? DisplayName, string? Email, string? ImageUrl,
    bool IsDeleted, bool IsBot)
{
    /// <summary>False where Slack says that the person has not confirmed the address.</summary>
    public bool IsEmailConfirmed { get; init; } = true;

    /// <summary>The person's workspace: another company's, of somebody in a channel that is shared with it. With an organisation, it may be
    /// that (<c>E…</c>).</summary>
    public string? TeamId { get; init; }

    /// <summary>The person's organisation (Enterprise Grid); null without one.</summary>
    public string? EnterpriseId { get; init; }

    // Slack's own bot is not marked as one.
    private const string SlackbotId = "USLACKBOT";

    public static SlackUser? Read(JsonElement item)
    {
        if (SlackIds.Stored(item.Text("id")) is not { } id)
        {
            return null;
        }

        var profile = item.Member("profile") ?? default;
        return new(
            id,
            item.Text("name"),
            profile.Text("real_name") ?? item.Text("real_name"),
            profile.Text("display_name"),
            profile.Text("email"),
            profile.Text("image_48"),
            item.Flag("deleted"),
            item.Flag("is_bot") || id == SlackbotId)
        {
            IsEmailConfirmed = item.Member("is_email_confirmed") is not { ValueKind: JsonValueKind.False },
            TeamId = SlackIds.Stored(item.Text("team_id")),
            EnterpriseId = SlackIds.Stored(item.Member("enterprise_user")?.Text("enterprise_id")),
        };
    }
}
