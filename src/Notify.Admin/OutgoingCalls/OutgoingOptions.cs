namespace Notify.Admin.OutgoingCalls;

/// <summary>How this server reaches the vendors: section <c>Outgoing</c>, else what the environment says to every program.</summary>
public sealed class OutgoingOptions
{
    public const string Section = "Outgoing";

    /// <summary>In place of an address: no proxy, whatever the environment says.</summary>
    public const string None = "none";

    /// <summary>The proxy for every call; null takes the environment's, <see cref="None"/> takes none. May hold a password: never
    /// shown.</summary>
    public string? Proxy { get; set; }

    /// <summary>Hosts that are reached without it, separated by commas (<c>.example.com,10.0.0.0/8</c>); null takes the environment's
    /// <c>NO_PROXY</c>.</summary>
    public string? NoProxy { get; set; }

    /// <summary>The environment's <c>HTTPS_PROXY</c>, else <c>ALL_PROXY</c>.</summary>
    internal string? EnvironmentHttps { get; set; }

    /// <summary>The environment's <c>HTTP_PROXY</c>, else <c>ALL_PROXY</c>.</summary>
    internal string? EnvironmentHttp { get; set; }

    internal string? EnvironmentNoProxy { get; set; }
}
