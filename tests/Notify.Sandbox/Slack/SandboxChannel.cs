namespace Notify.Sandbox.Slack;

/// <summary>A Slack channel.</summary>
public sealed record SandboxChannel
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
    public string TeamId { get; init; } = SlackSeeds.TeamId;
    public bool IsPrivate { get; init; }
    public bool IsArchived { get; init; }
    public bool IsGeneral { get; init; }
    public string Topic { get; init; } = "";

    /// <summary>User ids of the bots and people in it. A private channel is invisible to everyone else.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Posting answers this error, for instance <c>restricted_action</c>.</summary>
    public string? PostError { get; init; }

    internal bool Has(SandboxToken token) => Members.Contains(token.UserId, StringComparer.Ordinal);

    internal bool IsVisibleTo(SandboxToken token) => (token.IsOrg || token.TeamId == TeamId) && (!IsPrivate || Has(token));

    /// <summary>Null when it makes sense, else a sentence that names the field and the rule.</summary>
    internal string? FindProblem() => this switch
    {
        { Id: "" } => "id: is required.",
        _ when !SlackState.IsId(Id) || Id[0] is not ('C' or 'G') => $"id: '{Id}' is not a channel id (C or G, then capitals and digits).",
        { Name: "" } => "name: is required.",
        _ => null,
    };
}
