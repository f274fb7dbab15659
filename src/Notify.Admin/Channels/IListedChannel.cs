namespace Notify.Admin.Channels;

/// <summary>What the lists sort and search channels of every kind by. Both texts are folded (<c>FoldedText</c>), so that case, accents and
/// widths of letters make no difference in any database.</summary>
public interface IListedChannel
{
    int Id { get; }

    string Name { get; }

    bool IsOn { get; }

    /// <summary>As <see cref="ChannelTags.Write"/> writes them.</summary>
    string Tags { get; }

    /// <summary>The name as lists sort it.</summary>
    string SortName { get; }

    /// <summary>All that a search finds the channel by; it begins with the name.</summary>
    string SearchText { get; }
}
