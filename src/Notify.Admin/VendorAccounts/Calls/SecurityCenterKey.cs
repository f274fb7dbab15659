namespace Notify.Admin.VendorAccounts;

/// <summary>What a call is signed with, unprotected for that one call.</summary>
internal sealed record SecurityCenterKey(Uri Endpoint, string AccessKeyId, string Secret, string? SecurityToken)
{
    /// <summary>Nothing secret is printed.</summary>
    public override string ToString() => $"{AccessKeyId} at {Endpoint.Authority}";
}
