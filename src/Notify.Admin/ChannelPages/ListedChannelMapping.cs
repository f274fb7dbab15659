using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notify.Admin.Channels;

namespace Notify.Admin.ChannelPages;

internal static class ListedChannelMapping
{
    /// <summary>Stores what lists are sorted and searched by. The row reckons both texts from its own values each time it is saved; they
    /// are never read back.</summary>
    public static void IsListed<T>(this EntityTypeBuilder<T> builder)
        where T : class, IListedChannel
    {
        builder.Property(channel => channel.SortName).HasMaxLength(ListedText.SortLength)
            .UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.Property(channel => channel.SearchText).UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.Property(channel => channel.Tags).HasMaxLength(ChannelTags.ColumnLength);
        builder.HasIndex(channel => new { channel.SortName, channel.Id });
    }
}
