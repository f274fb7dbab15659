using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Notify.Admin.Channels;

/// <summary>What makes an event the same as another one to a rule that asks for new ones: that both are about one problem, or have the same
/// title and asset. As numbers that begin with the week in which the event came: so an index of them grows at its end, and what is
/// looked for within some days stands in a few places.</summary>
/// <param name="Problem">Null for an event that stands alone.</param>
/// <param name="Title">Null for an event without a title.</param>
public readonly record struct EventLikeness(long? Problem, long? Title)
{
    private const int DaysOfSpan = 7;
    private const int HashBits = 48;

    public static EventLikeness Of(EventRecord record, DateTimeOffset receivedAt) => Of(record).In(receivedAt);

    /// <summary>Without the week: what takes time to find out, before it is known when the event comes.</summary>
    public static EventLikeness Of(EventRecord record) => new(ProblemOf(record), TitleOf(record));

    /// <summary>The same with its week.</summary>
    public EventLikeness In(DateTimeOffset receivedAt)
    {
        var span = SpanOf(receivedAt) << HashBits;
        return new EventLikeness(span | Problem, span | Title);
    }

    /// <summary>What the same events of the last days have, the newest first.</summary>
    public IEnumerable<EventLikeness> Back(DateTimeOffset receivedAt, int days)
    {
        var spans = SpanOf(receivedAt) - SpanOf(receivedAt.AddDays(-days));
        for (var back = 0; back <= spans; back++)
        {
            yield return new EventLikeness(Problem - ((long)back << HashBits), Title - ((long)back << HashBits));
        }
    }

    private static long SpanOf(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Days / DaysOfSpan;

    private static long? ProblemOf(EventRecord record) => EventProblem.KeyOf(record) is { } key
        ? long.Parse(key.AsSpan(0, HashBits / 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : null;

    // An asset is the same whatever its case, as to conditions on it.
    private static long? TitleOf(EventRecord record)
    {
        if (record.Fields.Title is not { Length: > 0 } title)
        {
            return null;
        }

        var asset = (record.Fields.Asset ?? record.Fields.Target)?.ToUpperInvariant();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{title}\0{asset}"));
        return BitConverter.ToInt64(hash) & ((1L << HashBits) - 1);
    }
}
