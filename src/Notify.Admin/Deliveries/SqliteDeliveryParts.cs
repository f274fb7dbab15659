using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Moves deliveries from the small part of the index by channel into the large one. SQLite writes whole pages, and in a large
/// index each channel has its own: events for 500 channels would change a page for nearly every event, four of five that a commit writes.
/// The small part has few pages. Whoever adds to it moves what is too much, by channel, so that a page of the large part takes several at
/// once. What happens to a delivery changes the index wherever it stands.</summary>
internal sealed class SqliteDeliveryParts
{
    // The small part has as many, or as many of each channel, before it has too many: a page of the large part has room for 200.
    private const int Least = 10_000;
    private const int LeastPerChannel = 20;
    private const int Most = 200_000;

    // So many too many are worth a move: it changes a page of each channel, and one of nearly each of the deliveries' own rows.
    private const int LeastMoved = 2000;

    private const string Count = $"""SELECT COUNT(*) FROM "Deliveries" WHERE "{DeliveryParts.Column}" = 1""";

    private const string Next = $"""
        SELECT "ChannelKind", "ChannelId", "State", "Id" FROM "Deliveries"
        WHERE "{DeliveryParts.Column}" = 1 AND ("ChannelKind", "ChannelId", "State", "Id") > (?, ?, ?, ?)
        ORDER BY "ChannelKind", "ChannelId", "State", "Id" LIMIT ?
        """;

    private const string Move = $"""UPDATE "Deliveries" SET "{DeliveryParts.Column}" = 0 WHERE "Id" = ?""";

    // Null when it has to be counted: at the start, and after each round of the channels, since a transaction may fail after this.
    private long? _small;
    private Place _last;
    private int _channels;
    private int _enough = Least;

    /// <summary>So many were added to the small part. Moves what is too much; the transaction must already be the writer.</summary>
    public void Added(NotifyDbContext context, int added)
    {
        _small = _small is { } known ? known + added : CountSmall(context);
        if (_small < _enough + LeastMoved)
        {
            return;
        }

        // Not all at once of what other transactions have left.
        var most = (int)Math.Min(_small.Value - _enough, Math.Max(LeastMoved, 2 * added));
        var moved = MoveNext(context, most);
        _small -= moved;
        if (moved < most)
        {
            // The next round begins, with what this one has found to be enough.
            (_small, _last, _enough, _channels) = (null, default, Math.Clamp(LeastPerChannel * _channels, Least, Most), 0);
        }
    }

    private static long CountSmall(NotifyDbContext context)
    {
        using var count = SqliteStatement.On(context, Count);
        return count.Number() ?? 0;
    }

    private int MoveNext(NotifyDbContext context, int most)
    {
        using var next = SqliteStatement.On(context, Next);
        var places = next.Add(_last.Kind).Add(_last.Channel).Add(_last.State).Add(_last.Id).Add(most).Read(
            static row => new Place(row.Column(0), row.Column(1), row.Column(2), row.Column(3)));
        using var move = SqliteStatement.On(context, Move);
        foreach (var place in places)
        {
            move.Add(place.Id).Execute();
            _channels += (place.Kind, place.Channel) == (_last.Kind, _last.Channel) ? 0 : 1;
            _last = place;
        }

        return places.Count;
    }

    // As the index has it.
    private readonly record struct Place(long Kind, long Channel, long State, long Id);
}
