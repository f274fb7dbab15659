using System.Text.Json.Serialization;

namespace Notify.Admin.FunctionAccess;

/// <summary>One call of an apply, as it is stored and shown.</summary>
/// <param name="Method">The last word of Slack's method: <c>list</c>, <c>set</c>, <c>add</c>, <c>remove</c>.</param>
/// <param name="Count">How many people, workspaces and organisations the call names.</param>
/// <param name="Code">Null while no answer is there: the call may have taken effect.</param>
public sealed record AccessStep(string Method, int Count, DateTimeOffset At, string? Code, string? Detail, int DurationMs)
{
    [JsonIgnore]
    public bool IsOpen => Code is null;

    [JsonIgnore]
    public bool IsAccepted => Code == Slack.SlackErrors.Accepted;

    [JsonIgnore]
    public bool IsRead => Method == "list";
}
