using Notify.Admin.Channels;
using Notify.Admin.LiveForms;

namespace Notify.Admin.ChannelPages;

internal static class TagChecks
{
    /// <summary>What keeps tags from being saved; null where nothing does.</summary>
    public static FieldRefusal? Of(IReadOnlyCollection<string> tags) =>
        tags.Any(tag => ChannelTags.Clean(tag) != tag) ? new FieldRefusal(nameof(IChannelListItem.Tags), "Tags.Bad", ChannelTags.MostLength)
        : tags.Count > ChannelTags.Most ? new FieldRefusal(nameof(IChannelListItem.Tags), "Tags.TooMany", ChannelTags.Most) : null;
}
