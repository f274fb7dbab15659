namespace Notify.Admin.VendorAccounts;

/// <summary>Settings of section <c>VendorAccounts</c>. Configuration only: what a key may be sent to is never editable in the
/// browser.</summary>
public sealed class VendorAccountOptions
{
    public const string Section = "VendorAccounts";

    /// <summary>Security Center has two sites: the mainland with Hong Kong, and the rest of the world.</summary>
    private static readonly string[] SecurityCenterSites =
        ["https://tds.cn-shanghai.aliyuncs.com", "https://tds.ap-southeast-1.aliyuncs.com"];

    /// <summary>Kayran's pages name all three: it calls itself CYTRIX by now.</summary>
    private static readonly string[] KayranSites = ["https://kayran.live/api", "https://api.kayran.live", "https://api.cytrix.io"];

    /// <summary>The addresses of Security Center that an account may have. Null until configuration gives an element, which replaces the
    /// vendor's two.</summary>
    public string[]? SecurityCenterEndpoints { get; set; }

    /// <summary>The addresses below which Kayran's functions are; as those of Security Center.</summary>
    public string[]? KayranAddresses { get; set; }

    /// <summary>What applies.</summary>
    public IReadOnlyList<string> EndpointsOf(VendorKind vendor) => vendor switch
    {
        VendorKind.SecurityCenter => SecurityCenterEndpoints is { Length: > 0 } given ? given : SecurityCenterSites,
        VendorKind.Kayran => KayranAddresses is { Length: > 0 } given ? given : KayranSites,
    };
}
