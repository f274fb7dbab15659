using System.Net;
using System.Net.Sockets;

namespace Notify.Admin.OutgoingCalls;

/// <summary>Which addresses are on the public internet. Everything else is a way into the network that this server stands in.</summary>
internal static class AddressRanges
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. Networks(
            "0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15",
            // Shared address space: carriers' networks, and the metadata service of Alibaba Cloud (100.100.100.200).
            "100.64.0.0/10",
            // Ranges for multicast, reserved and broadcast.
            "224.0.0.0/4", "240.0.0.0/4"),
        // Unspecified, loopback and the abandoned IPv4-compatible form; unique local; link-local; site-local; multicast.
        .. Networks("::/96", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
        // Local-use translation and Teredo lead to IPv4 addresses that cannot be read off them.
        .. Networks("64:ff9b:1::/48", "2001::/32"),
    ];

    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    public static bool IsPublic(IPAddress address)
    {
        var actual = Unmap(address);
        return !Array.Exists(NotPublic, network => network.Contains(actual));
    }

    /// <summary>The IPv4 address that an IPv6 address stands for, or the address itself.</summary>
    public static IPAddress Unmap(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        if (Translated.Contains(address))
        {
            return new IPAddress(bytes.AsSpan(12, 4));
        }

        return SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4)) : address;
    }

    private static IEnumerable<IPNetwork> Networks(params string[] networks) => networks.Select(network => IPNetwork.Parse(network));
}
