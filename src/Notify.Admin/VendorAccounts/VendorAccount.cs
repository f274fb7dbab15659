using Notify.Admin.Data;

namespace Notify.Admin.VendorAccounts;

/// <summary>A key of ours at a vendor: what is read from there and published there is read and published with it.</summary>
public sealed class VendorAccount
{
    public int Id { get; init; }

    public required string Name { get; set; }

    public VendorKind Kind { get; init; } = VendorKind.SecurityCenter;

    /// <summary>One of <see cref="VendorAccountOptions.EndpointsOf"/> when it was saved.</summary>
    public required string Endpoint { get; set; }

    /// <summary>Empty at Kayran, whose key has no other name.</summary>
    public required string AccessKeyId { get; set; }

    /// <summary>The AccessKey's secret, or Kayran's API key.</summary>
    public required ProtectedString Secret { get; set; }

    /// <summary>Only with a temporary key of the Security Token Service.</summary>
    public ProtectedString? SecurityToken { get; set; }

    /// <summary>What the vendor said of the key when it was last asked: <see cref="VendorCodes.Accepted"/>, or the code of its refusal;
    /// null while it was not asked about this key.</summary>
    public string? CheckCode { get; set; }

    /// <summary>The vendor's own words of a refusal.</summary>
    public string? CheckDetail { get; set; }

    /// <summary>The vendor's support asks for it.</summary>
    public string? CheckRequestId { get; set; }

    public DateTimeOffset? CheckedAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; set; }

    public string? ChangedBy { get; set; }

    /// <summary>Grows with each save by a person; a save against an older one is a conflict.</summary>
    public int Version { get; set; }

    public void ForgetCheck() => (CheckCode, CheckDetail, CheckRequestId, CheckedAt) = (null, null, null, null);
}
