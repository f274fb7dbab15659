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

    /// <summary>Equal to that of another line which shows the same settings.</summary>
    object Settings { get; }

    /// <summary>Whether another line shows nothing else.</summary>
    bool IsSameAs(IChannelListItem other) =>
        Settings.Equals(other.Settings) && Health == other.Health && History.SequenceEqual(other.History);
}
