namespace Notify.Admin.FunctionAccess;

/// <summary>A person on an access list, as Slack shows them. Only the id is certain.</summary>
public sealed record AccessUser(string UserId, string? Username = null, string? Email = null)
{
    /// <summary>The shortest text that a person recognises.</summary>
    public string Label => Username ?? Email ?? UserId;
}
