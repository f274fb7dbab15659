namespace Notify.Admin.Channels;

/// <summary>A tag that is given to a channel, or taken away.</summary>
public readonly record struct TagChange(string Tag, bool IsAdded)
{
    /// <summary>The tags afterwards; null with what keeps it from being so, or where nothing has to change.</summary>
    public (IReadOnlyList<string>? Tags, TagOutcome Outcome) Apply(IReadOnlyList<string> tags)
    {
        var tag = Tag;
        return (tags.Contains(tag), IsAdded) switch
        {
            (true, true) or (false, false) => (null, TagOutcome.WasSo),
            (false, true) when tags.Count >= ChannelTags.Most => (null, TagOutcome.TooMany),
            (false, true) => (ChannelTags.Ordered([.. tags, tag]), TagOutcome.Done),
            (true, false) => ([.. tags.Where(other => other != tag)], TagOutcome.Done),
        };
    }
}
