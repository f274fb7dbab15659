using System.Globalization;
using Microsoft.Extensions.Options;
using Notify.Admin.OutgoingCalls;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Where connections of Socket Mode may lead: what configuration lists, and the host of the Web API itself, unencrypted only where
/// that is so too.</summary>
internal sealed class SocketHosts(IOptions<SlackOptions> options) : IListedHosts
{
    private const int Https = 443;

    private readonly Uri _api = options.Value.BaseAddress;
    private readonly string[] _listed = options.Value.SocketHosts ?? SlackOptions.DefaultSocketHosts;

    public string Setting => $"{SlackOptions.Section}:{nameof(SlackOptions.SocketHosts)}";

    public bool Allows(Uri address) => Lists(address.IdnHost, address.Port)
        && (address.Scheme == Uri.UriSchemeWss
            || (address.Scheme == Uri.UriSchemeWs && _api.Scheme == Uri.UriSchemeHttp && IsApi(address)));

    public bool Lists(string host, int port) =>
        (Is(host, _api.IdnHost) && port == _api.Port) || Array.Exists(_listed, entry => IsListed(entry, host, port));

    private bool IsApi(Uri address) => Is(address.IdnHost, _api.IdnHost) && address.Port == _api.Port;

    private static bool IsListed(string entry, string host, int port)
    {
        var colon = entry.LastIndexOf(':');
        var hasPort = int.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var own) && colon > 0;
        var name = hasPort ? entry[..colon] : entry;
        return port == (hasPort ? own : Https)
            && (name[0] == '.' ? host.EndsWith(name, StringComparison.OrdinalIgnoreCase) : Is(host, name));
    }

    private static bool Is(string host, string name) => host.Equals(name, StringComparison.OrdinalIgnoreCase);
}
