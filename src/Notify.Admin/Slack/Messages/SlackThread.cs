using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>What a message does with an earlier one in its channel.</summary>
/// <param name="Ts">Slack's id of that one; null where it does nothing.</param>
internal readonly record struct SlackThread(FollowUp FollowUp, string? Ts)
{
    /// <summary>What a message does. One that went to another channel is not followed: the integration was edited meanwhile.</summary>
    public static SlackThread Of(SlackMessageSettings settings, ChannelMessage message) => message switch
    {
        { Revised: { } revised } => settings.HasButtons && revised.VendorChannelId == settings.ChannelId
            ? new SlackThread(FollowUp.Update, revised.VendorMessageId) : default,
        { Earlier: { } earlier } when earlier.VendorChannelId == settings.ChannelId =>
            new SlackThread(settings.FollowUp, earlier.VendorMessageId),
        _ => default,
    };
}
