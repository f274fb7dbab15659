using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>The message on which somebody pressed a button, as the vendor tells of it: nothing of it is believed before it is found to be
/// so on record.</summary>
/// <param name="ShortId">The delivery's, as the button carries it.</param>
public sealed record PressedMessage(ChannelKey Channel, string ShortId, string VendorChannelId, string VendorMessageId);
