namespace Notify.Sandbox.Slack;

/// <summary>A member of a Slack workspace.</summary>
public sealed record SandboxUser
{
    public string Id { get; init; } = "";
    public string TeamId { get; init; } = SlackSeeds.TeamId;
    public string Name { get; init; } = "";
    public string RealName { get; init; } = "";
    public string? DisplayName { get; init; }
    public string? Email { get; init; }
    public string Tz { get; init; } = "Etc/UTC";
    public bool Deleted { get; init; }
    public bool IsBot { get; init; }
    public bool IsAppUser { get; init; }
    public bool IsAdmin { get; init; }
    public bool IsRestricted { get; init; }
    public bool IsEmailConfirmed { get; init; } = true;

    /// <summary>Null when it makes sense, else a sentence that names the field and the rule.</summary>
    internal string? FindProblem() => this switch
    {
        { Id: "" } => "id: is required.",
        _ when !SlackState.IsId(Id) || Id[0] is not ('U' or 'W') => $"id: '{Id}' is not a user id (U or W, then capitals and digits).",
        { Name: "" } => "name: is required.",
        _ => null,
    };
}
