using System.Net;
using System.Net.Sockets;

namespace Notify.Admin.Api;

/// <summary>Where a request came from, as limits and the audit trail write it.</summary>
internal static class ClientAddress
{
    /// <summary>The address for the audit trail, or <c>unknown</c>.</summary>
    public static string Of(HttpContext context) => Text(context.Connection.RemoteIpAddress);

    /// <summary>IPv4 as such, also where it arrived on an IPv6 socket.</summary>
    public static string Text(IPAddress? address) =>
        address is null ? "unknown" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    /// <summary>The part of an address that limits count by: all of IPv4, the network of IPv6, in which one host has 2^64
    /// addresses.</summary>
    public static string Network(string address)
    {
        if (!address.Contains(':') || !IPAddress.TryParse(address, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = parsed.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes).ToString();
    }
}
