using Notify.Admin.Channels;

namespace Notify.Admin.ChannelPages;

/// <summary>What another feature shows on the page of a channel, below its destination. The channel's own feature knows nothing of
/// it.</summary>
/// <param name="Component">Has a parameter <c>Channel</c>, the channel's <see cref="ChannelKey"/>.</param>
public sealed record ChannelPanel(ChannelKind Kind, Type Component);
