using System.Net;

namespace Notify.Admin.Sources;

/// <summary>The addresses and networks that a source may post from, a line each.</summary>
internal static class AllowedAddresses
{
    public const int Most = 100;

    /// <summary>Of all of them together, as they are stored.</summary>
    public const int LongestText = 4000;

    public static bool Allow(string lines, IPAddress? address)
    {
        if (lines.Length == 0)
        {
            return true;
        }

        var from = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return from is not null && Split(lines).Any(line => TryRead(line) is { } network && network.Contains(from));
    }

    /// <summary>A network, or one address; null for what is neither.</summary>
    public static IPNetwork? TryRead(string line)
    {
        if (IPNetwork.TryParse(line, out var network))
        {
            return network;
        }

        return IPAddress.TryParse(line, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }

    public static string Join(IReadOnlyList<string> addresses) => string.Join('\n', addresses);

    public static string[] Split(string lines) =>
        lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
