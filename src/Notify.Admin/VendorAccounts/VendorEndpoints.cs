using Microsoft.Extensions.Options;
using Notify.Admin.OutgoingCalls;

namespace Notify.Admin.VendorAccounts;

/// <summary>The addresses of Security Center that configuration lists: the only ones that an account may have, and that are connected
/// to.</summary>
internal sealed class VendorEndpoints(IOptions<VendorAccountOptions> options) : IListedHosts
{
    private readonly IReadOnlyList<Uri> _listed = [.. options.Value.Endpoints.Select(TryRead).OfType<Uri>()];

    public string Setting => $"{VendorAccountOptions.Section}:{nameof(VendorAccountOptions.SecurityCenterEndpoints)}";

    /// <summary>As an account holds them: without the slash at the end.</summary>
    public IReadOnlyList<string> All => [.. _listed.Select(Write)];

    public bool Lists(string host, int port) =>
        _listed.Any(listed => listed.Port == port && listed.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase));

    /// <summary>Null where configuration does not list it, or no longer.</summary>
    public Uri? Find(string endpoint) => _listed.FirstOrDefault(listed => Write(listed) == endpoint);

    internal static Uri? TryRead(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri is { Host.Length: > 0, UserInfo: "", PathAndQuery: "/", Fragment: "" } ? uri : null;

    private static string Write(Uri listed) => listed.GetLeftPart(UriPartial.Authority);
}
