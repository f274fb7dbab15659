using System.Text.Json.Serialization;

namespace Notify.Admin.FunctionAccess;

/// <summary>A list, in Slack's words.</summary>
public sealed record AccessListAnswer(
    [property: JsonPropertyName("permission_type")] string PermissionType,
    [property: JsonPropertyName("users")] IReadOnlyList<AccessUserAnswer> Users,
    [property: JsonPropertyName("team_ids")] IReadOnlyList<string> TeamIds,
    [property: JsonPropertyName("org_ids")] IReadOnlyList<string> OrgIds)
{
    public static AccessListAnswer Of(AccessList list) => new(
        list.PermissionType, [.. list.Users.Select(user => new AccessUserAnswer(user.UserId, user.Username, user.Email))], list.TeamIds,
        list.OrgIds);
}

public sealed record AccessUserAnswer(
    [property: JsonPropertyName("user_id")] string UserId,
    [property: JsonPropertyName("username")] string? Username,
    [property: JsonPropertyName("email")] string? Email);

/// <summary>One managed function of the list.</summary>
public sealed record FunctionItemAnswer(
    [property: JsonPropertyName("id")] int Id,
    [property: JsonPropertyName("workspace_id")] int WorkspaceId,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("function_id")] string? FunctionId,
    [property: JsonPropertyName("function_callback_id")] string? CallbackId,
    [property: JsonPropertyName("function_app_id")] string? AppId,
    [property: JsonPropertyName("permission_type")] string? PermissionType,
    [property: JsonPropertyName("user_count")] int UserCount,
    [property: JsonPropertyName("team_count")] int TeamCount,
    [property: JsonPropertyName("org_count")] int OrgCount,
    [property: JsonPropertyName("read_at")] DateTimeOffset? ReadAt,
    [property: JsonPropertyName("error")] string? Error,
    [property: JsonPropertyName("drifted")] bool IsDrifted,
    [property: JsonPropertyName("changing")] bool IsChanging,
    [property: JsonPropertyName("last_change_at")] DateTimeOffset? LastChangeAt,
    [property: JsonPropertyName("last_change_by")] string? LastChangeBy)
{
    public static FunctionItemAnswer Of(FunctionRow row) => new(
        row.Id, row.WorkspaceId, row.Name, row.FunctionId, row.CallbackId, row.AppId, row.NowType, row.NowUsers, row.NowTeams, row.NowOrgs,
        row.ReadAt, row.ErrorCode,
        row.DriftedAt is not null, row.IsChanging, row.LastChangeAt, row.LastChangeBy);
}

/// <summary>The answer of <c>GET /api/function-access</c>.</summary>
public sealed record FunctionItemsAnswer([property: JsonPropertyName("items")] IReadOnlyList<FunctionItemAnswer> Items);

/// <summary>One managed function whole.</summary>
/// <param name="Now">The last list that was read; null where the last reading was refused.</param>
/// <param name="Error">Slack's code for that.</param>
public sealed record FunctionAnswer(
    [property: JsonPropertyName("id")] int Id,
    [property: JsonPropertyName("workspace_id")] int WorkspaceId,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("function_id")] string? FunctionId,
    [property: JsonPropertyName("function_callback_id")] string? CallbackId,
    [property: JsonPropertyName("function_app_id")] string? AppId,
    [property: JsonPropertyName("now")] AccessListAnswer? Now,
    [property: JsonPropertyName("wanted")] AccessListAnswer Wanted,
    [property: JsonPropertyName("read_at")] DateTimeOffset? ReadAt,
    [property: JsonPropertyName("drifted")] bool IsDrifted,
    [property: JsonPropertyName("drifted_at")] DateTimeOffset? DriftedAt,
    [property: JsonPropertyName("basis")] string? Basis,
    [property: JsonPropertyName("error")] string? Error,
    [property: JsonPropertyName("error_detail")] string? ErrorDetail,
    [property: JsonPropertyName("last_change_at")] DateTimeOffset? LastChangeAt,
    [property: JsonPropertyName("last_change_by")] string? LastChangeBy)
{
    public static FunctionAnswer Of(ManagedFunction function)
    {
        var now = function.ErrorCode is null ? function.Now : null;
        return new(
            function.Id, function.WorkspaceId, function.Name, function.FunctionId, function.CallbackId, function.AppId, now is null
            ? null : AccessListAnswer.Of(now),
            AccessListAnswer.Of(function.Wanted), function.ReadAt, function.IsDrifted, function.DriftedAt, now?.Basis, function.ErrorCode,
            function.ErrorDetail,
            function.LastChangeAt, function.LastChangeBy);
    }
}

/// <summary>Something to know before applying.</summary>
/// <param name="Code"><c>everyone_gains_access</c>, <c>everyone_else_loses_access</c>, <c>collaborators_lose_access</c>,
/// <c>collaborators_gain_access</c>,
/// <c>nobody_left</c>, <c>own_user_loses_access</c> or <c>type_may_be_refused</c>.</param>
public sealed record WarningAnswer(
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("user_ids")] IReadOnlyList<string> UserIds);

/// <summary>One call that would be made.</summary>
/// <param name="IfKept">Made only if Slack's <c>set</c> turns out to keep these people.</param>
public sealed record CallAnswer(
    [property: JsonPropertyName("method")] string Method,
    [property: JsonPropertyName("permission_type")] string? PermissionType,
    [property: JsonPropertyName("user_ids")] IReadOnlyList<string> UserIds,
    [property: JsonPropertyName("team_ids")] IReadOnlyList<string> TeamIds,
    [property: JsonPropertyName("org_ids")] IReadOnlyList<string> OrgIds,
    [property: JsonPropertyName("if_kept")] bool IfKept);

/// <summary>The answer of <c>POST …/plan</c>.</summary>
public sealed record PlanAnswer(
    [property: JsonPropertyName("gains")] IReadOnlyList<string> Gains,
    [property: JsonPropertyName("loses")] IReadOnlyList<string> Loses,
    [property: JsonPropertyName("team_gains")] IReadOnlyList<string> TeamGains,
    [property: JsonPropertyName("team_loses")] IReadOnlyList<string> TeamLoses,
    [property: JsonPropertyName("org_gains")] IReadOnlyList<string> OrgGains,
    [property: JsonPropertyName("org_loses")] IReadOnlyList<string> OrgLoses,
    [property: JsonPropertyName("type_from")] string TypeFrom,
    [property: JsonPropertyName("type_to")] string TypeTo,
    [property: JsonPropertyName("warnings")] IReadOnlyList<WarningAnswer> Warnings,
    [property: JsonPropertyName("calls")] IReadOnlyList<CallAnswer> Calls,
    [property: JsonPropertyName("basis")] string Basis);

/// <summary>What is left of a change.</summary>
/// <param name="IsCertain">False where the last read-back failed.</param>
public sealed record RemainingAnswer(
    [property: JsonPropertyName("type_from")] string? TypeFrom,
    [property: JsonPropertyName("type_to")] string? TypeTo,
    [property: JsonPropertyName("add_user_ids")] IReadOnlyList<string> AddUserIds,
    [property: JsonPropertyName("remove_user_ids")] IReadOnlyList<string> RemoveUserIds,
    [property: JsonPropertyName("add_team_ids")] IReadOnlyList<string> AddTeamIds,
    [property: JsonPropertyName("remove_team_ids")] IReadOnlyList<string> RemoveTeamIds,
    [property: JsonPropertyName("add_org_ids")] IReadOnlyList<string> AddOrgIds,
    [property: JsonPropertyName("remove_org_ids")] IReadOnlyList<string> RemoveOrgIds,
    [property: JsonPropertyName("certain")] bool IsCertain)
{
    public static RemainingAnswer? Of(AccessRemainder? remaining) => remaining is null ? null : new(
        remaining.TypeFrom, remaining.TypeTo, remaining.AddUserIds, remaining.RemoveUserIds, remaining.AddTeamIds, remaining.RemoveTeamIds,
        remaining.AddOrgIds,
        remaining.RemoveOrgIds, remaining.IsCertain);
}

/// <summary>The answer of <c>POST …/apply</c>: <c>done</c>, or <c>running</c> where it takes longer than a request may.</summary>
public sealed record ApplyAnswer(
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("run_id")] long RunId,
    [property: JsonPropertyName("now")] AccessListAnswer? Now,
    [property: JsonPropertyName("wanted")] AccessListAnswer Wanted,
    [property: JsonPropertyName("calls_made")] int CallsMade,
    [property: JsonPropertyName("estimate_seconds")] int? EstimateSeconds);

/// <summary>A refusal to apply: problem details (RFC 9457) with what the caller needs to go on.</summary>
public sealed record ApplyProblem(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("status")] int Status,
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("detail")] string Detail,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("run_id")] long RunId,
    [property: JsonPropertyName("now")] AccessListAnswer? Now,
    [property: JsonPropertyName("basis")] string? Basis,
    [property: JsonPropertyName("remaining")] RemainingAnswer? Remaining);

/// <summary>One entry of a function's history.</summary>
/// <param name="Kind"><c>apply</c>, <c>accepted</c> or <c>added</c>.</param>
/// <param name="State"><c>running</c>, <c>done</c>, <c>changed</c> or <c>incomplete</c>.</param>
public sealed record HistoryAnswer(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("before")] AccessListAnswer? Before,
    [property: JsonPropertyName("wanted")] AccessListAnswer Wanted,
    [property: JsonPropertyName("after")] AccessListAnswer? After,
    [property: JsonPropertyName("code")] string? Code,
    [property: JsonPropertyName("remaining")] RemainingAnswer? Remaining,
    [property: JsonPropertyName("by")] string By,
    [property: JsonPropertyName("started_at")] DateTimeOffset StartedAt,
    [property: JsonPropertyName("ended_at")] DateTimeOffset? EndedAt,
    [property: JsonPropertyName("calls_made")] int Calls);

/// <summary>The answer of <c>GET …/history</c>, newest first.</summary>
public sealed record HistoriesAnswer(
    [property: JsonPropertyName("items")] IReadOnlyList<HistoryAnswer> Items,
    [property: JsonPropertyName("next_cursor")] string? NextCursor);

/// <summary>How many functions are looked at.</summary>
public sealed record CheckAnswer([property: JsonPropertyName("queued")] int Queued);
