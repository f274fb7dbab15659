namespace Notify.Admin.OutgoingCalls;

/// <summary>The hosts that a client may connect to, as configuration lists them.</summary>
internal interface IListedHosts
{
    /// <summary>The configuration key, for whoever reads a refusal.</summary>
    string Setting { get; }

    /// <summary>True where host and port belong to a listed address; the path cannot be known when a connection is made.</summary>
    bool Lists(string host, int port);
}
