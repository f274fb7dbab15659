using System.Text.Json.Serialization;

namespace Notify.Admin.FunctionAccess;

/// <summary>What a change of many would do to one function.</summary>
/// <param name="Line">Of the file, for an import.</param>
/// <param name="LeftOut">Null where it has a plan; else <c>nothing_to_change</c>, <c>drifted</c>, <c>unread</c>, <c>everyone</c>,
/// <c>app_collaborators</c>,
/// <c>system</c> or <c>changing</c>.</param>
public sealed record BulkLineAnswer(
    [property: JsonPropertyName("id")] int Id,
    [property: JsonPropertyName("workspace_id")] int WorkspaceId,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("line"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Line,
    [property: JsonPropertyName("left_out")] string? LeftOut,
    [property: JsonPropertyName("plan")] PlanAnswer? Plan)
{
    public static string NameOf(BulkSkip skip) => skip switch
    {
        BulkSkip.Nothing => "nothing_to_change",
        BulkSkip.Drifted => "drifted",
        BulkSkip.Unread => "unread",
        BulkSkip.Everyone => PermissionTypes.Everyone,
        BulkSkip.Collaborators => PermissionTypes.AppCollaborators,
        BulkSkip.System => PermissionTypes.System,
        BulkSkip.OtherWorkspace => "other_workspace",
        BulkSkip.Changing => "changing",
    };
}

/// <summary>The plan of a change of many.</summary>
/// <param name="Changes">How many lists would be changed.</param>
/// <param name="Basis">Of all that was planned: given to apply, it makes sure that nothing else is applied.</param>
public sealed record BulkPlanAnswer(
    [property: JsonPropertyName("items")] IReadOnlyList<BulkLineAnswer> Items,
    [property: JsonPropertyName("changes")] int Changes,
    [property: JsonPropertyName("basis")] string Basis);

/// <summary>How a change of many stands.</summary>
/// <param name="State"><c>running</c>, <c>done</c>, or <c>incomplete</c> where a list could not be finished or was changed at Slack
/// meanwhile.</param>
/// <param name="Id">What it is found by; null where nothing was to be changed.</param>
public sealed record BulkAnswer(
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("bulk_id")] Guid? Id,
    [property: JsonPropertyName("items")] IReadOnlyList<BulkRunAnswer> Items,
    [property: JsonPropertyName("estimate_seconds")] int? EstimateSeconds);

/// <summary>One list of it.</summary>
/// <param name="State"><c>running</c>, <c>done</c>, <c>changed</c> or <c>incomplete</c>.</param>
public sealed record BulkRunAnswer(
    [property: JsonPropertyName("id")] int Id,
    [property: JsonPropertyName("run_id")] long RunId,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("code")] string? Code,
    [property: JsonPropertyName("remaining")] RemainingAnswer? Remaining);

/// <summary>A change of many that did not end well, or was not begun: problem details (RFC 9457) with what the caller needs to go
/// on.</summary>
public sealed record BulkProblem(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("status")] int Status,
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("detail")] string Detail,
    [property: JsonPropertyName("bulk_id")] Guid? Id,
    [property: JsonPropertyName("basis")] string? Basis,
    [property: JsonPropertyName("items")] IReadOnlyList<BulkRunAnswer> Items);

/// <summary>Two wanted lists, and what only one of them has.</summary>
/// <param name="IsSame">They give the same access.</param>
public sealed record ComparisonAnswer(
    [property: JsonPropertyName("same")] bool IsSame,
    [property: JsonPropertyName("first")] ComparedAnswer First,
    [property: JsonPropertyName("second")] ComparedAnswer Second);

/// <summary>One of them: its type, and whom the other does not name.</summary>
public sealed record ComparedAnswer(
    [property: JsonPropertyName("id")] int Id,
    [property: JsonPropertyName("permission_type")] string PermissionType,
    [property: JsonPropertyName("only_user_ids")] IReadOnlyList<string> OnlyUserIds,
    [property: JsonPropertyName("only_team_ids")] IReadOnlyList<string> OnlyTeamIds,
    [property: JsonPropertyName("only_org_ids")] IReadOnlyList<string> OnlyOrgIds)
{
    public static ComparedAnswer Of(int id, AccessList list, AccessList other) => new(
        id,
        list.PermissionType,
        [.. list.NamedUsers.Select(user => user.UserId).Except(other.NamedUsers.Select(user => user.UserId), StringComparer.Ordinal)],
        [.. list.NamedTeams.Except(other.NamedTeams, StringComparer.Ordinal)],
        [.. list.NamedOrgs.Except(other.NamedOrgs, StringComparer.Ordinal)]);
}

/// <summary>A file that cannot be taken: problem details (RFC 9457) with every line and field that is wrong.</summary>
public sealed record FileProblemsAnswer(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("status")] int Status,
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("detail")] string Detail,
    [property: JsonPropertyName("errors")] IReadOnlyList<FileProblemAnswer> Errors);

/// <summary>One of them.</summary>
/// <param name="Line">Of the file, from 1.</param>
public sealed record FileProblemAnswer(
    [property: JsonPropertyName("line")] int? Line, [property: JsonPropertyName("field")] string Field,
    [property: JsonPropertyName("reason")] string Reason);
