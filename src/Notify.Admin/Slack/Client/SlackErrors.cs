using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>What Slack's error codes mean for delivery and for people. The codes are those of <c>chat.postMessage</c>,
/// <c>chat.update</c>, <c>auth.test</c>, <c>conversations.*</c> and <c>users.*</c> (docs.slack.dev/reference/methods), and ours for
/// transport trouble.</summary>
internal static class SlackErrors
{
    /// <summary>The code of an accepted call.</summary>
    public const string Accepted = "ok";

    // Ours.
    public const string Timeout = "timeout";
    public const string ConnectionFailed = "connection_failed";
    public const string ConnectionReset = "connection_reset";
    public const string UnreadableAnswer = "unreadable_answer";

    /// <summary>The token has characters that cannot be sent; nothing was.</summary>
    public const string TokenMalformed = "token_malformed";

    /// <summary>The stored token cannot be decrypted; nothing was sent.</summary>
    public const string TokenUnreadable = "token_unreadable";

    // Slack's, where the code decides something.
    public const string RateLimited = "ratelimited";
    public const string MissingScope = "missing_scope";
    public const string NotInChannel = "not_in_channel";
    private const string ThreadLocked = "restricted_action_thread_locked";
    private const string NoThreads = "restricted_action_non_threadable_channel";

    private static readonly string[] Later = ["ratelimit", "rate_limit", "rate-limit", "too_many_requests", "over_rate", "try_again_later"];

    private const string HttpPrefix = "http_";
    private const string RestrictedActionPrefix = "restricted_action_";

    /// <summary>Our code for an HTTP status whose body was not Slack's.</summary>
    public static string OfStatus(int status) => HttpPrefix + status;

    /// <summary>What happens next after <paramref name="code"/>; an unknown code is transient.</summary>
    public static SlackVerdict Judge(string code) => code switch
    {
        // Credentials: a new token is needed.
        "not_authed" or "invalid_auth" or "account_inactive" or "token_revoked" or "token_expired" or "not_allowed_token_type"
            or TokenMalformed or TokenUnreadable => SlackVerdict.Known(FailureKind.ChannelPermanent),

        // Permission: something must be changed in Slack.
        MissingScope or "no_permission" or "access_denied" or "accesslimited" or "ekm_access_denied" or "enterprise_is_restricted"
            or "is_bot" or "org_login_required" or "two_factor_setup_required" or "team_access_not_granted" or "app_access_restricted"
            or "messages_tab_disabled" or "restricted_action" => SlackVerdict.Known(FailureKind.ChannelPermanent),

        // Destination: the channel cannot take messages as it is.
        "channel_not_found" or NotInChannel or "is_archived" or "channel_is_limited_access" or "method_not_supported_for_channel_type"
            or "too_many_members" or "team_not_found" => SlackVerdict.Known(FailureKind.ChannelPermanent),

        // Slack no longer has the method, or ApiUrl is not Slack: no message can pass, so they wait rather than fail.
        "method_deprecated" or "deprecated_endpoint" or "unknown_method" => SlackVerdict.Known(FailureKind.ChannelPermanent),

        // Content: this message is refused, others may pass.
        "no_text" or "invalid_blocks" or "invalid_blocks_format" or "msg_blocks_too_long" or "msg_too_long" or "too_many_attachments"
            or "markdown_text_conflict" or "slack_connect_canvas_sharing_blocked" or "slack_connect_file_link_sharing_blocked"
            or "slack_connect_lists_sharing_blocked" => SlackVerdict.Known(FailureKind.MessagePermanent),

        // Malformed request: repeating it changes nothing.
        "invalid_arguments" or "invalid_arg_name" or "invalid_array_arg" or "invalid_charset" or "invalid_form_data" or "invalid_post_type"
            or "missing_post_type" or "invalid_json" or "json_not_object" or "missing_argument" or "invalid_cursor" or "invalid_limit"
            or "limit_required" or "invalid_types" => SlackVerdict.Known(FailureKind.MessagePermanent),

        // An update or an answer whose message is gone, locked, or too old to be changed.
        "message_not_found" or "cant_update_message" or "edit_window_closed" or "is_inactive" or "thread_not_found"
            or "cannot_reply_to_message" => SlackVerdict.Known(FailureKind.EarlierGone),

        // Look-ups: nobody was found.
        "user_not_found" or "users_not_found" or "user_not_visible" or "too_many_users" => SlackVerdict.Known(FailureKind.MessagePermanent),

        // Passing: the free plan's message limit too, since it is lifted by waiting.
        RateLimited or "rate_limited" or "message_limit_exceeded" or "internal_error" or "fatal_error" or "service_unavailable"
            or "team_added_to_org" or "request_timeout"
            or Timeout or ConnectionFailed or ConnectionReset or UnreadableAnswer => SlackVerdict.Known(FailureKind.Transient),

        _ when code.StartsWith(RestrictedActionPrefix, StringComparison.Ordinal) => SlackVerdict.Known(FailureKind.ChannelPermanent),
        _ when AsksToComeLater(code) => SlackVerdict.Known(FailureKind.Transient),
        _ when IsServerFault(code) => SlackVerdict.Known(FailureKind.Transient),
        _ => SlackVerdict.Unknown,
    };

    /// <summary>The same for a message that follows an earlier one, or (<see cref="FollowUp.NewMessage"/>) follows none.</summary>
    public static SlackVerdict Judge(string code, FollowUp followUp)
    {
        var verdict = Judge(code);
        var isGone = verdict.Kind == FailureKind.EarlierGone || code is ThreadLocked or NoThreads;
        return (isGone, followUp) switch
        {
            (true, not FollowUp.NewMessage) => SlackVerdict.Known(FailureKind.EarlierGone),
            // Whatever that means for a message that follows nothing: posting it at once again would go on for ever.
            (true, _) when verdict.Kind == FailureKind.EarlierGone => SlackVerdict.Unknown,
            _ => verdict,
        };
    }

    /// <summary>True for the spellings that a throttled call's code has had: <c>ratelimited</c>, <c>rate_limited</c>,
    /// <c>too_many_requests</c>, and longer ones that begin so.</summary>
    public static bool AsksToComeLater(string code) => Array.Exists(Later, word => code.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The status of an API's answer that passes <paramref name="code"/> on: what Slack refuses because of what was asked is the
    /// caller's to mend; only where Slack was not reached, or answered nonsense, is it the gateway's fault.</summary>
    public static int StatusOf(string code) => code switch
    {
        Timeout or "request_timeout" => StatusCodes.Status504GatewayTimeout,
        RateLimited or "rate_limited" or "internal_error" or "fatal_error" or "service_unavailable" or "team_added_to_org"
            or ConnectionFailed or ConnectionReset or UnreadableAnswer => StatusCodes.Status502BadGateway,
        _ when IsStatus(code) => StatusCodes.Status502BadGateway,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>True where Slack itself says that part of the work may have been done before the fault.</summary>
    public static bool LeavesOutcomeOpen(string code) => code is "internal_error" or "fatal_error";

    /// <summary>The code in words of the current UI culture.</summary>
    /// <param name="detail">The detail recorded with the code (<see cref="SlackAnswer{T}.Detail"/>): a missing scope is named from
    /// it.</param>
    public static CodeExplanation Explain(IStringLocalizer<SlackText> texts, string code, string? detail)
    {
        var key = ResourceKey(code);
        var meaning = texts[$"Error.{key}.Meaning", code];
        var mend = code == MissingScope && NeededScope(detail) is { } scope
            ? texts["Error.missing_scope.MendNamed", scope]
            : texts[$"Error.{key}.Mend", code];
        return new CodeExplanation(meaning, mend);
    }

    private static string ResourceKey(string code) => code switch
    {
        _ when IsServerFault(code) => "http_5xx",
        _ when IsStatus(code) => "http_other",
        "restricted_action_read_only_channel" or "restricted_action_thread_only_channel" or ThreadLocked
            or NoThreads => code,
        _ when code.StartsWith(RestrictedActionPrefix, StringComparison.Ordinal) => "restricted_action",
        _ when code != "rate_limited" && AsksToComeLater(code) => RateLimited,
        _ => Judge(code).IsKnown ? code : "unknown",
    };

    private static bool IsStatus(string code) =>
        code.Length == HttpPrefix.Length + 3 && code.StartsWith(HttpPrefix, StringComparison.Ordinal) && code.AsSpan(HttpPrefix.Length)
            .IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsServerFault(string code) => IsStatus(code) && code[HttpPrefix.Length] == '5';

    private static string? NeededScope(string? detail)
    {
        const string Label = "needed: ";
        if (detail is null || !detail.StartsWith(Label, StringComparison.Ordinal))
        {
            return null;
        }

        var scope = detail[Label.Length..].Split(';', 2)[0].Trim();
        return scope.Length > 0 ? scope : null;
    }
}

/// <summary>What a code means for what happens next.</summary>
/// <param name="IsKnown">False for a code that is not in the table.</param>
internal readonly record struct SlackVerdict(FailureKind Kind, bool IsKnown)
{
    public static readonly SlackVerdict Unknown = new(FailureKind.Transient, IsKnown: false);

    public static SlackVerdict Known(FailureKind kind) => new(kind, IsKnown: true);
}
