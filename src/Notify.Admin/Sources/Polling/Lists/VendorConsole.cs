namespace Notify.Admin.Sources;

/// <summary>Where the vendor shows what was found.</summary>
internal static class VendorConsole
{
    /// <summary>The Security Center console. Its help names this address; those of single alerts are not public, so the id stands in the
    /// labels.</summary>
    public const string Home = "https://yundun.console.aliyun.com/?p=sas";

    /// <summary>The page of one server, as the vendor's scripts write it.</summary>
    public static string Of(string? uuid, string? intranetIp) => uuid is null ? Home
        : $"{Home}#/assetsDetail/{Uri.EscapeDataString(uuid)}" + (intranetIp is null ? "" : $"-IP-{Uri.EscapeDataString(intranetIp)}");
}
