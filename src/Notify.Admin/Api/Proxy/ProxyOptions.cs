using System.Net;
using System.Text.RegularExpressions;
using Notify.Admin.Data;

namespace Notify.Admin.Api;

/// <summary>The reverse proxy in front: <c>Proxy:Trusted</c>, <c>Proxy:PathBase</c> and <c>Proxy:AllowedOrigins</c>.</summary>
internal sealed partial class ProxyOptions
{
    public const string Section = "Proxy";

    /// <summary>Where proxies ask from whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. Empty: nobody's.</summary>
    public required IReadOnlyList<IPNetwork> Trusted { get; init; }

    /// <summary>The path under which the proxy shows the product: <c>/notify</c>; empty for the whole host.</summary>
    public required string PathBase { get; init; }

    /// <summary>Origins that pages of ours are shown under besides the address that requests name, in <see cref="Origin"/>'s form: where a
    /// proxy changes the host and cannot be made to pass it on.</summary>
    public required IReadOnlyList<string> AllowedOrigins { get; init; }

    /// <exception cref="StartupException">A value is wrong; the message names the key and the mend.</exception>
    public static ProxyOptions Read(IConfiguration configuration) => new()
    {
        Trusted = [.. Elements(configuration, nameof(Trusted)).Select(ReadNetwork)],
        PathBase = ReadPath(configuration[$"{Section}:{nameof(PathBase)}"]),
        AllowedOrigins = [.. Elements(configuration, nameof(AllowedOrigins)).Select(ReadOrigin)],
    };

    private static IEnumerable<IConfigurationSection> Elements(IConfiguration configuration, string name) =>
        configuration.GetSection($"{Section}:{name}").GetChildren().Where(one => !string.IsNullOrWhiteSpace(one.Value));

    private static IPNetwork ReadNetwork(IConfigurationSection one) =>
        IPNetwork.TryParse(one.Value, out var network) ? network
        : IPAddress.TryParse(one.Value, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new StartupException($"{one.Path} is '{one.Value}'. Give the address of a proxy (10.0.0.2) or its network (10.0.0.0/24).");

    private static string ReadOrigin(IConfigurationSection one) =>
        Origin.Parse(one.Value)
        ?? throw new StartupException($"{one.Path} is '{one.Value}'. Give scheme, host and port, without a path: https://notify.example.com.");

    private static string ReadPath(string? path)
    {
        var trimmed = path?.TrimEnd('/') ?? "";
        return trimmed.Length == 0 || PathForm().IsMatch(trimmed)
            ? trimmed
            : throw new StartupException($"{Section}:{nameof(PathBase)} is '{path}'. Give a path such as /notify: letters, digits, '-', '.', '_' and '/'.");
    }

    [GeneratedRegex(@"\A(/[A-Za-z0-9._-]+)+\z")]
    private static partial Regex PathForm();
}
