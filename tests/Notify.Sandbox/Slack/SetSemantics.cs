namespace Notify.Sandbox.Slack;

/// <summary>What <c>permissions.set</c> does with users who had access before. Workspaces and organisations are always replaced when
/// given.</summary>
public enum SetSemantics
{
    /// <summary>They stay; the given ones join them.</summary>
    Merge,

    /// <summary>Only the given ones stay; a <c>user_ids</c> that is left out changes nobody.</summary>
    Replace,
}
