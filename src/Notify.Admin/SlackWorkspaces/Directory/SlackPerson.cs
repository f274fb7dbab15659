namespace Notify.Admin.SlackWorkspaces;

/// <summary>A person of a workspace, as the directory keeps them: neither deleted nor a bot.</summary>
public sealed class SlackPerson
{
    public int WorkspaceId { get; init; }

    /// <summary>Slack's opaque, case-sensitive id.</summary>
    public required string UserId { get; init; }

    /// <summary>The workspace at Slack they were listed for.</summary>
    public string? TeamId { get; set; }

    /// <summary>Slack's <c>name</c>: the old user name, without <c>@</c>.</summary>
    public string? Handle { get; set; }

    public string? RealName { get; set; }

    public string? DisplayName { get; set; }

    /// <summary>Null without the scope users:read.email.</summary>
    public string? Email { get; set; }

    /// <summary>The reading that last saw them.</summary>
    public int Reading { get; set; }

    /// <summary>What people call them.</summary>
    public string ShownName => FirstOf(RealName, DisplayName, Handle, UserId);

    private static string FirstOf(params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
        {
            if (!string.IsNullOrWhiteSpace(name))
            {
                return name;
            }
        }

        return "";
    }
}
