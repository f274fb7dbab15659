using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Slack;

namespace Notify.Admin.FunctionAccess;

/// <summary>What Slack's error codes mean for access lists. Each documented one, and each that only Slack's command line knows, has its own
/// sentence and next step; what every method can answer is in <see cref="SlackErrors"/>.</summary>
internal static class AccessErrors
{
    public const string UserNotFound = "user_not_found";
    public const string InvalidPermissionType = "invalid_permission_type";
    public const string PermissionTypeRequired = "permission_type_required";
    public const string AccessDenied = "access_denied";
    public const string TooMany = "too_many_named_entities";

    // Ours.

    /// <summary>Slack accepted every call, and the list is still another: some calls do nothing there.</summary>
    public const string NotTaken = "not_taken";

    /// <summary>Somebody changed the list at Slack between the plan and its end.</summary>
    public const string ChangedAtSlack = "changed_at_slack";

    /// <summary>The workspace has no app configuration token, or it can no longer be renewed.</summary>
    public const string NoConfigurationToken = "no_configuration_token";

    /// <summary>Slack's type is one that nobody outside may set.</summary>
    public const string TypeNotSettable = "type_not_settable";

    /// <summary>The codes with texts of their own: those of the permission methods, of every method, and ours.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        "app_not_found", "function_not_found", UserNotFound, InvalidPermissionType, PermissionTypeRequired, "invalid_named_entities",
            AccessDenied,
        "no_valid_named_entities", TooMany, "connected_org_denied", "connected_team_denied", "function_belongs_to_another_app",
        "unknown_method", "method_deprecated", "deprecated_endpoint",
        "not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type",
        "missing_scope", "no_permission", "accesslimited", "ekm_access_denied", "enterprise_is_restricted", "is_bot", "org_login_required",
        "two_factor_setup_required", "team_access_not_granted",
        "invalid_arguments", "invalid_arg_name", "invalid_array_arg", "invalid_charset", "invalid_form_data", "invalid_post_type",
        "missing_post_type",
        "request_timeout",
        SlackErrors.RateLimited, "internal_error", "fatal_error", "service_unavailable", "team_added_to_org",
        SlackErrors.Timeout, SlackErrors.ConnectionFailed, SlackErrors.ConnectionReset, SlackErrors.UnreadableAnswer,
        SlackErrors.TokenMalformed,
        SlackErrors.TokenUnreadable,
        NotTaken, ChangedAtSlack, NoConfigurationToken, TypeNotSettable,
    ];

    /// <summary>The documentation's spelling of a code that has two.</summary>
    public static string Normalize(string code) => code switch
    {
        "invalid_distribution_type" => InvalidPermissionType,
        "distribution_type_required" => PermissionTypeRequired,
        "rate_limited" => SlackErrors.RateLimited,
        _ => code,
    };

    /// <summary>The token itself is at its end.</summary>
    public static bool EndsToken(string code) => code is "token_expired" or "token_revoked" or "invalid_auth";

    public static bool IsRateLimit(string code) => code is SlackErrors.RateLimited or "rate_limited";

    /// <summary>Whether the same call may succeed a moment later. An unknown code is not tried again: every call can be repeated by
    /// hand.</summary>
    public static bool IsTransient(string code) =>
        IsRateLimit(code) || SlackErrors.Judge(code) is { IsKnown: true, Kind: FailureKind.Transient };

    /// <summary>The status of an API's answer that passes <paramref name="code"/> on.</summary>
    public static int StatusOf(string code) =>
        code == NotTaken ? StatusCodes.Status502BadGateway : SlackErrors.StatusOf(code);

    /// <summary>The code in words of the current UI culture.</summary>
    /// <param name="detail">The detail recorded with the code: a missing scope is named from it.</param>
    public static CodeExplanation Explain(IStringLocalizer<AccessText> texts, string code, string? detail)
    {
        code = Normalize(code);
        var key = Known.Contains(code) ? code : code.StartsWith("http_", StringComparison.Ordinal) ? "http" : "unknown";
        return new CodeExplanation(texts[$"Error.{key}.Meaning", code, detail ?? ""], texts[$"Error.{key}.Mend", code, detail ?? ""]);
    }
}
