namespace Notify.Admin.VendorAccounts;

/// <summary>Settings of section <c>VendorAccounts</c>. Configuration only: what a key may be sent to is never editable in the
/// browser.</summary>
public sealed class VendorAccountOptions
{
    public const string Section = "VendorAccounts";

    /// <summary>The vendor has two sites: the mainland with Hong Kong, and the rest of the world.</summary>
    private static readonly string[] Published = ["https://tds.cn-shanghai.aliyuncs.com", "https://tds.ap-southeast-1.aliyuncs.com"];

    /// <summary>The addresses of Security Center that an account may have. Null until configuration gives an element, which replaces the
    /// vendor's two.</summary>
    public string[]? SecurityCenterEndpoints { get; set; }

    /// <summary>What applies.</summary>
    public IReadOnlyList<string> Endpoints => SecurityCenterEndpoints is { Length: > 0 } given ? given : Published;
}
