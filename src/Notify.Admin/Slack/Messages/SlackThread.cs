using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>What a message does with an earlier one in its channel.</summary>
/// <param name="Ts">Slack's id of that one; null where it does nothing.</param>
internal readonly record struct SlackThread(FollowUp FollowUp, string? Ts)
{
    /// <param name="earlier">Null where nothing was told before. One that went to another channel is not followed: the integration was
    /// edited meanwhile.</param>
    public static SlackThread Of(SlackMessageSettings settings, EarlierMessage? earlier) =>
        earlier?.VendorChannelId == settings.ChannelId ? new SlackThread(settings.FollowUp, earlier?.VendorMessageId) : default;
}
