using System.Net;

namespace Notify.Admin.OutgoingCalls;

/// <summary>The hosts that are reached without a proxy, as <c>NO_PROXY</c> lists them: names with all below them, addresses, networks, each
/// with a port if wanted, or <c>*</c>. This machine is always among them: a proxy elsewhere would mean itself by it.</summary>
internal sealed class ProxyBypass
{
    private readonly List<(string Host, int? Port)> _hosts = [];
    private readonly List<IPNetwork> _networks = [];

    public ProxyBypass(string? list)
    {
        foreach (var entry in (list ?? string.Empty).Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(entry, out var network))
            {
                _networks.Add(network);
                continue;
            }

            var colon = entry.LastIndexOf(':');
            var hasPort = colon > 0 && !IPAddress.TryParse(entry, out _) && int.TryParse(entry.AsSpan(colon + 1), out _);
            var host = (hasPort ? entry[..colon] : entry).Trim('[', ']').TrimStart('*').TrimStart('.');
            _hosts.Add((entry == "*" ? "*" : host,
                hasPort ? int.Parse(entry.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture) : null));
        }
    }

    public bool Covers(Uri destination)
    {
        var host = destination.IdnHost;
        if (destination.IsLoopback
            || _hosts.Exists(entry => (entry.Port is null || entry.Port == destination.Port) && IsBelow(host, entry.Host)))
        {
            return true;
        }

        return IPAddress.TryParse(host, out var address) && _networks.Exists(network => network.Contains(address));
    }

    private static bool IsBelow(string host, string listed) =>
        listed == "*" || host.Equals(listed, StringComparison.OrdinalIgnoreCase)
        || (listed.Length > 0 && host.Length > listed.Length && host.EndsWith(listed, StringComparison.OrdinalIgnoreCase)
            && host[^(listed.Length + 1)] == '.');
}
