namespace Notify.Sandbox.Slack;

/// <summary>Whose vocabulary the permission methods answer in. Arguments are read in both.</summary>
public enum PermissionFields
{
    /// <summary><c>permission_type</c>, <c>invalid_permission_type</c>.</summary>
    Documentation,

    /// <summary><c>distribution_type</c>, <c>invalid_distribution_type</c>; add and remove answer bare <c>user_ids</c>.</summary>
    CommandLine,
}
