namespace Notify.Sandbox.Slack;

/// <summary>A Slack workspace.</summary>
public sealed record SandboxTeam
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
    public string Domain { get; init; } = "";
    public string? EnterpriseId { get; init; }

    /// <summary>Null when it makes sense, else a sentence that names the field and the rule.</summary>
    internal string? FindProblem() => this switch
    {
        { Id: "" } => "id: is required.",
        _ when !SlackState.IsId(Id) || Id[0] != 'T' => $"id: '{Id}' is not a workspace id (T, then capitals and digits).",
        { Name: "" } => "name: is required.",
        _ => null,
    };
}
