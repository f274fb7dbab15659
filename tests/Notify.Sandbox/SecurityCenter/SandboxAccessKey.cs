namespace Notify.Sandbox.SecurityCenter;

/// <summary>An AccessKey pair of the pretended Alibaba Cloud account.</summary>
public sealed record SandboxAccessKey
{
    public string Id { get; init; } = "";
    public string Secret { get; init; } = "";

    /// <summary>False: the key is disabled, and every call with it is refused.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Actions that it has no right to.</summary>
    public IReadOnlyList<string> Denied { get; init; } = [];

    /// <summary>Null when it makes sense, else a sentence that names the field and the rule.</summary>
    internal string? FindProblem() => this switch
    {
        { Id: "" } => "id: is required.",
        { Secret: "" } => "secret: is required.",
        _ => null,
    };
}
