using Notify.Admin.Channels;
using Notify.Admin.Deliveries;

namespace Notify.Admin.Events;

/// <summary>An event on its way into the store. Whatever needs no transaction is done by the request that brings it, on its own thread,
/// while the one thread that writes is busy with others. What it was matched against may be old by the time it is written; the writer
/// sees that and matches it again.</summary>
internal sealed class PreparedEvent
{
    private static readonly List<ChannelMatch> None = [];

    private readonly ParsedEvent _parsed;
    private readonly EventLikeness _like;
    private readonly IncomingEvent _row;
    private IReadOnlyList<IMatcherSnapshot>? _rules;
    private IReadOnlyList<ChannelMatch> _heardBy = [];

    /// <param name="receivedAt">As far as it is known: the transaction says when it was.</param>
    public PreparedEvent(ParsedEvent parsed, DateTimeOffset receivedAt)
    {
        _parsed = parsed;
        Record = parsed.ToRecord(receivedAt);
        _like = EventLikeness.Of(Record);
        _row = parsed.ToRow(Record);
    }

    public string Id => _parsed.Id;

    public string Key => _parsed.Key;

    public int Length => _parsed.Json.Length;

    public EventRecord Record { get; }

    /// <summary>Who hears it, as this transaction has found out so far.</summary>
    public IReadOnlyList<ChannelMatch> Matches { get; private set; } = [];

    public bool IsHeard => Matches.Count + _parsed.AlsoTo.Count > 0;

    public bool IsIfNew
    {
        get
        {
            for (var i = 0; i < Matches.Count; i++)
            {
                if (Matches[i].IfNew)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Matches it against the rules, unless it was already. What a transaction that failed had found out is forgotten.</summary>
    /// <param name="rules">Of all kinds of channels: the same list as long as they are the same.</param>
    public void Match(IReadOnlyList<IMatcherSnapshot> rules)
    {
        if (_rules != rules)
        {
            (_heardBy, _rules) = (Match(Record, rules), rules);
        }

        Matches = _heardBy;
    }

    /// <summary>Matches it once more: the same came so long before it.</summary>
    public void MatchAsSeen(TimeSpan ago, IReadOnlyList<IMatcherSnapshot> rules) =>
        Matches = Match(Record with { SeenAgo = ago }, rules);

    /// <summary>Adds those that get it whether or not they hear it.</summary>
    public void AddOthers()
    {
        if (_parsed.AlsoTo.Count > 0)
        {
            Matches = [.. Matches.Concat(_parsed.AlsoTo).DistinctBy(match => match.Channel)];
        }
    }

    /// <summary>The row, with what its transaction has decided.</summary>
    /// <param name="verdict">Whether it is held back, or holds others back.</param>
    public IncomingEvent ToRow(DateTimeOffset receivedAt, int matchCount, InhibitionVerdict verdict)
    {
        var like = _like.In(receivedAt);
        _row.ReceivedAt = receivedAt;
        _row.Time = _parsed.Time ?? receivedAt;
        (_row.ProblemMark, _row.TitleMark) = (like.Problem, like.Title);
        (_row.Inhibition, _row.InhibitedBy, _row.HeldBack) = (verdict.Inhibited?.Inhibition, verdict.Inhibited?.By, verdict.HeldBack);
        _row.MatchCount = matchCount;
        return _row;
    }

    private static List<ChannelMatch> Match(EventRecord record, IReadOnlyList<IMatcherSnapshot> rules)
    {
        List<ChannelMatch>? matches = null;
        foreach (var snapshot in rules)
        {
            foreach (var match in snapshot.Match(record))
            {
                (matches ??= new List<ChannelMatch>(1)).Add(match);
            }
        }

        return matches ?? None;
    }
}
