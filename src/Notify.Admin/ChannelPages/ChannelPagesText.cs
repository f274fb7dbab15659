namespace Notify.Admin.ChannelPages;

/// <summary>Names the texts of this folder.</summary>
public sealed class ChannelPagesText;
