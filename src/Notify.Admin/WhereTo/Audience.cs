using Notify.Admin.Channels;
using Notify.Admin.Shared;

namespace Notify.Admin.WhereTo;

/// <summary>Which rows of a list are shown.</summary>
/// <param name="Page">From 1.</param>
public readonly record struct AudiencePage(int Page)
{
    public const int Size = 15;

    public int Skip => (Page - 1) * Size;

    public static int CountOf(int rows) => Math.Max(1, (rows + Size - 1) / Size);
}

/// <summary>Who would be sent an event and who would not, nearest first. One pass over the compiled rules, which may be a hundred thousand
/// channels', that keeps no more than is shown.</summary>
internal sealed class Audience
{
    private readonly Nearest _sent;
    private readonly Nearest _missed;

    private Audience(Nearest sent, Nearest missed)
    {
        _sent = sent;
        _missed = missed;
    }

    /// <summary>How many would be sent it, whatever is searched for.</summary>
    public int Sent { get; private set; }

    public int Missed { get; private set; }

    public int SentFound => _sent.Count;

    public int MissedFound => _missed.Count;

    public IReadOnlyList<ChannelDistance> SentRows => _sent.Rows;

    public IReadOnlyList<ChannelDistance> MissedRows => _missed.Rows;

    /// <param name="alsoTo">Channels that are sent it whatever their rules say.</param>
    /// <param name="search">Every word of it is part of the names that are listed.</param>
    public static Audience Of(IEnumerable<IMatcherSnapshot> rules, EventRecord record, IReadOnlySet<ChannelKey> alsoTo, string? search,
        AudiencePage sent, AudiencePage missed)
    {
        var audience = new Audience(new Nearest(sent), new Nearest(missed));
        var words = FoldedText.Words(search);
        foreach (var channel in rules.SelectMany(snapshot => snapshot.Measure(record)))
        {
            audience.Add(channel, channel.Hears || alsoTo.Contains(channel.Channel), FoldedText.Holds(channel.Name, words));
        }

        return audience;
    }

    private void Add(ChannelDistance channel, bool isSent, bool isNamed)
    {
        (Sent, Missed) = isSent ? (Sent + 1, Missed) : (Sent, Missed + 1);
        if (isNamed)
        {
            (isSent ? _sent : _missed).Add(isSent ? channel with { Away = 0 } : channel);
        }
    }

    /// <summary>A page of channels by distance, and among equals as they come.</summary>
    private sealed class Nearest(AudiencePage page)
    {
        private readonly SortedDictionary<int, List<ChannelDistance>> _byDistance = [];

        public int Count { get; private set; }

        public IReadOnlyList<ChannelDistance> Rows =>
            [.. _byDistance.Values.SelectMany(equals => equals).Skip(page.Skip).Take(AudiencePage.Size)];

        public void Add(ChannelDistance channel)
        {
            Count++;
            if (!_byDistance.TryGetValue(channel.Away, out var equals))
            {
                _byDistance[channel.Away] = equals = [];
            }

            if (equals.Count < page.Skip + AudiencePage.Size)
            {
                equals.Add(channel);
            }
        }
    }
}
