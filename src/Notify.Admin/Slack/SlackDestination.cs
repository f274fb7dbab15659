using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Slack;

/// <summary>A Slack channel as delivery needs it.</summary>
public sealed record SlackDestination : Destination
{
    /// <summary>How its messages look, and whom they call.</summary>
    public required SlackMessageSettings Messages { get; init; }

    /// <summary>Slack's id of the channel (<c>C…</c>).</summary>
    public string ChannelId => Messages.ChannelId;

    /// <summary>What it wants to hear: an example event is made for it.</summary>
    public required SlackSwitches Switches { get; init; }

    /// <summary>The token as ciphertext; unprotected only at the moment of sending.</summary>
    public required ProtectedString Token { get; init; }
}
