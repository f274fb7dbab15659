using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Notify.Admin.Data;

internal static class ListedMapping
{
    /// <summary>Stores what lists are sorted and searched by: <see cref="IListed"/>, or the same of a channel. The row reckons both texts
    /// from its own values each time it is saved; they are never read back.</summary>
    public static void IsListed<T>(this EntityTypeBuilder<T> builder)
        where T : class
    {
        builder.Property<string>(nameof(IListed.SortName)).HasMaxLength(ListedText.SortLength)
            .UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.Property<string>(nameof(IListed.SearchText)).UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.HasIndex(nameof(IListed.SortName), "Id");
    }
}
