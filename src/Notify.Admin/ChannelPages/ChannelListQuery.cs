using Notify.Admin.Channels;
using Notify.Admin.LivePages;

namespace Notify.Admin.ChannelPages;

/// <summary>Which channels a list is narrowed to.</summary>
public enum ChannelFilter
{
    All,
    On,
    Off,
    NeedsAttention,
    Failing,
    NeverTested,
}

/// <summary>What a list of channels is sorted by.</summary>
public enum ChannelSort
{
    Name,
    Switch,
    Destination,

    /// <summary>What is wrong; ascending is what is well.</summary>
    Health,
    LastTest,
}

/// <summary>One page of a list of channels, as its address says it.</summary>
/// <param name="Tag">Those that have it; null for all.</param>
public sealed record ChannelListQuery(
    string? Search = null, ChannelFilter Filter = ChannelFilter.All, ChannelSort Sort = ChannelSort.Name, bool Descending = false,
    int Page = 1, string? Tag = null)
    : ListQuery<ChannelFilter, ChannelSort>(Search, Filter, Sort, Descending, Page), IListQuery<ChannelListQuery>
{
    public override int ActiveCount => base.ActiveCount + (Tag is null ? 0 : 1);

    public static ChannelListQuery Parse(Func<string, string?> value) =>
        Complete(new ChannelListQuery(Tag: ChannelTags.Clean(value("tag"))), value);

    public override Dictionary<string, object?> ToAddress() => new(base.ToAddress()) { ["tag"] = Tag };

    public override ListQuery ToWhole() => (ChannelListQuery)base.ToWhole() with { Tag = null };
}
