namespace Notify.Admin.Security;

/// <summary>The acting person's role does not allow what was asked. Pages hide what would raise this; APIs answer 403.</summary>
public sealed class NotPermittedException(string policy) : Exception($"The policy '{policy}' is required.")
{
    public string Policy { get; } = policy;
}
