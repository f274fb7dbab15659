using Notify.Admin.Channels;

namespace Notify.Admin.Shared;

/// <summary>The channels that a search means, and how many of them are not shown.</summary>
internal sealed record ChannelSearch(IReadOnlyList<ChannelName> Shown, int More)
{
    /// <summary>A page shows so many at once.</summary>
    public const int MostShown = 100;

    /// <param name="search">Words of the name, without regard to case and accents; empty finds all.</param>
    public static ChannelSearch Of(IReadOnlyList<ChannelName> channels, string? search)
    {
        var words = FoldedText.Words(search);
        if (words.Length == 0)
        {
            return channels.Count <= MostShown ? new(channels, 0) : new([.. channels.Take(MostShown)], channels.Count - MostShown);
        }

        List<ChannelName> shown = [];
        var found = 0;
        foreach (var channel in channels)
        {
            if (FoldedText.Holds(channel.Name, words) && ++found <= MostShown)
            {
                shown.Add(channel);
            }
        }

        return new(shown, Math.Max(0, found - MostShown));
    }
}
