using Notify.Admin.Channels;

namespace Notify.Admin.ChannelPages;

/// <summary>One line of a list, as far as it is the same for every kind of channel.</summary>
public interface IChannelListItem
{
    int Id { get; }

    string Name { get; }

    bool IsOn { get; }

    DeliveryPolicy Delivery { get; }

    IReadOnlyList<string> Tags { get; }

    /// <summary>Null before anything was sent.</summary>
    ChannelHealth? Health { get; }

    /// <summary>The last 24 hours, oldest first.</summary>
    IReadOnlyList<HourOfSending> History { get; }
}
