namespace Notify.Sandbox.Slack;

/// <summary>An organisation (Enterprise Grid) that access can be granted to.</summary>
public sealed record SandboxOrganisation
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>Null when it makes sense, else a sentence that names the field and the rule.</summary>
    internal string? FindProblem() => this switch
    {
        { Id: "" } => "id: is required.",
        _ when !SlackState.IsId(Id) || Id[0] != 'E' => $"id: '{Id}' is not an organisation id (E, then capitals and digits).",
        { Name: "" } => "name: is required.",
        _ => null,
    };
}
