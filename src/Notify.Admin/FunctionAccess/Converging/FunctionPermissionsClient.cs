using System.Text.Json;
using System.Text.Json.Nodes;
using Notify.Admin.Slack;

namespace Notify.Admin.FunctionAccess;

/// <summary><c>functions.distributions.permissions.*</c>. The documentation says <c>permission_type</c>, Slack's own command line
/// <c>distribution_type</c>: the first is sent, both are read, and so are both spellings of the error.</summary>
internal sealed class FunctionPermissionsClient(SlackClient slack)
{
    public const string ListMethod = Family + "list";

    private const string Family = "functions.distributions.permissions.";

    public Task<SlackAnswer<PermissionsAnswer>> ListAsync(string token, FunctionName function, CancellationToken cancellationToken) =>
        PostAsync(ListMethod, token, Body(function), cancellationToken);

    /// <summary>One of the plan's calls.</summary>
    public Task<SlackAnswer<PermissionsAnswer>> CallAsync(string token, FunctionName function, AccessCall call,
        CancellationToken cancellationToken)
    {
        var body = Body(function);
        foreach (var (name, value) in call.Arguments())
        {
            body[name] = value;
        }

        return PostAsync(call.Method, token, body, cancellationToken);
    }

    /// <summary>Slack's name of a method.</summary>
    public static string MethodOf(AccessCallKind kind) => Family + kind switch
    {
        AccessCallKind.Set => "set",
        AccessCallKind.Add => "add",
        AccessCallKind.Remove => "remove",
    };

    private async Task<SlackAnswer<PermissionsAnswer>> PostAsync(string method, string token, JsonObject body,
        CancellationToken cancellationToken)
    {
        var answer = await slack.PostJsonAsync(method, token, body.ToJsonString(), PermissionsAnswer.Read, cancellationToken);
        return answer.Ok ? answer : answer with { Code = AccessErrors.Normalize(answer.Code) };
    }

    private static JsonObject Body(FunctionName function)
    {
        var body = new JsonObject();
        foreach (var (name, value) in function.Arguments())
        {
            body[name] = value;
        }

        return body;
    }
}

/// <summary>What the four methods answer. Absent members are null: add and remove say less than list and set.</summary>
internal sealed record PermissionsAnswer(string? PermissionType, IReadOnlyList<AccessUser>? Users, IReadOnlyList<string>? TeamIds,
    IReadOnlyList<string>? OrgIds)
{
    public static PermissionsAnswer Read(JsonElement root) => new(
        root.Text("permission_type") ?? root.Text("distribution_type"),
        ReadUsers(root),
        ReadIds(root, "team_ids"),
        ReadIds(root, "org_ids"));

    /// <summary>The list it describes, where it says the type. What is absent is none: Slack leaves empty lists out.</summary>
    public AccessList? ToList() => PermissionType is { Length: > 0 } type
        ? new AccessList(type, type == PermissionTypes.Everyone ? [] : Users ?? [], TeamIds ?? [], OrgIds ?? [])
        : null;

    private static List<AccessUser>? ReadUsers(JsonElement root)
    {
        if (root.Member("users") is { ValueKind: JsonValueKind.Array } users)
        {
            return [.. users.EnumerateArray().Select(ReadUser).OfType<AccessUser>().DistinctBy(user => user.UserId)];
        }

        return ReadIds(root, "user_ids") is { } ids ? [.. ids.Select(id => new AccessUser(id))] : null;
    }

    private static AccessUser? ReadUser(JsonElement item) => item.TextValue() is { Length: > 0 } bare
        ? new AccessUser(bare)
        : (item.Text("user_id") ?? item.Text("id")) is { Length: > 0 } id
            ? new AccessUser(id, item.Text("username"), item.Text("email")) : null;

    private static List<string>? ReadIds(JsonElement root, string name) => root.Member(name) is { ValueKind: JsonValueKind.Array }
        ? [.. root.Items(name).Select(SlackJson.TextValue).Where(id => !string.IsNullOrEmpty(id)).OfType<string>()
            .Distinct(StringComparer.Ordinal)]
        : null;
}
