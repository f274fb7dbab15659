using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Slack;

namespace Notify.Sandbox;

/// <summary>Switches for behaviour that the vendors leave undocumented, or that differs from place to place.</summary>
public sealed record SandboxSettings
{
    /// <summary>What <c>functions.distributions.permissions.set</c> does with users who were there before. Undocumented at Slack.</summary>
    public SetSemantics SetSemantics { get; init; } = SetSemantics.Merge;

    /// <summary>Whether answers speak as the documentation does (<c>permission_type</c>) or as Slack's command line does
    /// (<c>distribution_type</c>).</summary>
    public PermissionFields PermissionFields { get; init; } = PermissionFields.Documentation;

    /// <summary>Whether exchanging a refresh token also revokes the access token that came with it.</summary>
    public bool RotationRevokesToken { get; init; }

    /// <summary>
    /// Calls allowed in any 60 s, by Slack method; <c>chat.postMessage</c> is counted per channel, the others per workspace. Beyond it: 429
    /// with
    /// <c>Retry-After</c>. A method that is not listed is not limited.
    /// </summary>
    public IReadOnlyDictionary<string, int> SlackCallsPerMinute { get; init; } = new Dictionary<string, int>();

    /// <summary>Security Center gives no more than this on a page, whatever is asked for.</summary>
    public int SecurityCenterPageSize { get; init; } = 100;

    /// <summary>Words of DingTalk's refusals, for robots that do not choose their own and for unknown tokens.</summary>
    public ErrorStyle ErrorStyle { get; init; } = ErrorStyle.Old;
}
