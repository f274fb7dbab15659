using Microsoft.Extensions.Options;
using Notify.Admin.OutgoingCalls;

namespace Notify.Admin.VendorAccounts;

/// <summary>The vendors' addresses that configuration lists: the only ones that an account may have, and that are connected to.</summary>
internal sealed class VendorEndpoints(IOptions<VendorAccountOptions> options) : IListedHosts
{
    private readonly ILookup<VendorKind, Uri> _listed = Enum.GetValues<VendorKind>()
        .SelectMany(vendor => options.Value.EndpointsOf(vendor).Select(text => (vendor, Address: TryRead(vendor, text))))
        .Where(one => one.Address is not null).ToLookup(one => one.vendor, one => one.Address!);

    public string Setting => VendorAccountOptions.Section;

    /// <summary>As an account holds them: without the slash at the end.</summary>
    public IReadOnlyList<string> ListOf(VendorKind vendor) => [.. _listed[vendor].Select(Write)];

    public bool Lists(string host, int port) => _listed.SelectMany(listed => listed)
        .Any(listed => listed.Port == port && listed.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase));

    /// <summary>Null where configuration does not list it, or no longer.</summary>
    public Uri? Find(VendorKind vendor, string endpoint) => _listed[vendor].FirstOrDefault(listed => Write(listed) == endpoint);

    internal static Uri? TryRead(VendorKind vendor, string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri is { Host.Length: > 0, UserInfo: "", Query: "", Fragment: "" }
        && (vendor == VendorKind.Kayran || uri.AbsolutePath == "/") ? uri : null;

    private static string Write(Uri listed) => listed.GetLeftPart(UriPartial.Path).TrimEnd('/');
}
