using System.Globalization;
using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>The messages about several events: counts first, then every event with its id, most severe first and older first among
/// equals, continued in further messages when they do not fit.</summary>
internal static class SlackDigestMessage
{
    private const int MaxTitle = 160;
    private const int MaxSubject = 120;
    private const int MaxKind = 80;
    private const int MaxKinds = 12;
    private const int MaxPosted = 600;

    // Header, mark, counts and small print take these blocks.
    private const int ReservedBlocks = 5;
    private const int ReservedSize = 600;

    public static IReadOnlyList<ComposedMessage> Compose(string channelId, string? mark, ChannelMessage message)
    {
        var entries = message.Items
            .OrderByDescending(item => item.Event.Severity)
            .ThenBy(item => item.Event.Time)
            .ThenBy(item => item.Event.RowId)
            .ThenBy(item => item.DeliveryId)
            .Select(item => new Entry(item, Describe(item)))
            .ToList();
        var counts = Counts(message.Items);
        var parts = Split(entries, counts);
        return [.. parts.Select((part, index) => ComposePart(channelId, mark, message, counts, part, index, parts.Count))];
    }

    private static List<List<Entry>> Split(List<Entry> entries, string counts)
    {
        var parts = new List<List<Entry>>();
        var blocks = 0;
        var size = 0;
        foreach (var entry in entries)
        {
            if (parts.Count == 0 || blocks + entry.Sections.Count > SlackLayout.MaxBlocks || size + entry.Size > SlackLayout.MaxSize)
            {
                size = ReservedSize + (parts.Count == 0 ? SlackLayout.SizeOf([counts]) : 0);
                blocks = ReservedBlocks;
                parts.Add([]);
            }

            parts[^1].Add(entry);
            blocks += entry.Sections.Count;
            size += entry.Size;
        }

        return parts;
    }

    private static ComposedMessage ComposePart(
        string channelId, string? mark, ChannelMessage message, string counts, List<Entry> entries, int index, int parts)
    {
        var place = parts == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({index + 1} of {parts})");
        var title = string.Create(CultureInfo.InvariantCulture, $"{message.Items.Count} events{place}");
        var layout = new SlackLayout();
        if (mark is not null)
        {
            layout.Section(mark);
        }

        layout.Header(title);
        if (index == 0)
        {
            layout.Section(counts);
        }

        foreach (var section in entries.SelectMany(entry => entry.Sections))
        {
            layout.Section(section);
        }

        layout.Context($"Digest {message.ShortId}{place} · Notify.Admin");

        var summary = $"{(mark is null ? "" : mark + ": ")}{title}: {SeverityCounts(message.Items)}";
        return layout.ToMessage(channelId, summary, entries.Select(entry => entry.Item));
    }

    private static List<string> Describe(MessageItem item)
    {
        var record = item.Event;
        var subject = SlackWords.Subject(record, MaxSubject);
        var first = SlackWords.WithState(record,
            SlackWords.Headline(record, MaxTitle) + (subject.Length > 0 ? ": " + subject : ""));
        var second = $"{SlackWords.Kind(record, MaxKind)} · {SlackWords.Moment(record.Time)} · Delivery {item.ShortId}";
        // A message of somebody's own is more than its first line.
        var text = record.Posted is null ? "" : SlackEventText.Paragraphs(record.Fields.Description, MaxPosted);
        second = text.Length > 0 && text != record.Fields.Title ? $"{text}\n{second}" : second;
        return [.. SlackEventText.Pieces($"{first}\n{second}\nEvent ID: {SlackEventText.Id(record.Id)}", SlackLayout.MaxSection)];
    }

    private static string Counts(IReadOnlyList<MessageItem> items)
    {
        var kinds = items
            .GroupBy(item => SlackWords.Kind(item.Event, MaxKind), StringComparer.Ordinal)
            .OrderByDescending(kind => kind.Max(item => item.Event.Severity))
            .ThenByDescending(kind => kind.Count())
            .ThenBy(kind => kind.Key, StringComparer.Ordinal)
            .ToList();
        var lines = kinds.Take(MaxKinds)
            .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key}: {kind.Count()} ({SeverityCounts(kind)})"));
        var rest = kinds.Skip(MaxKinds).ToList();
        return string.Join('\n',
        [
            SeverityCounts(items),
            .. lines,
            .. rest.Count > 0
                ? [string.Create(CultureInfo.InvariantCulture, $"and {rest.Count} more kinds: {rest.Sum(kind => kind.Count())} events")]
                : Array.Empty<string>(),
        ]);
    }

    /// <summary><c>3 Critical, 5 High</c>.</summary>
    private static string SeverityCounts(IEnumerable<MessageItem> items) => string.Join(", ", items
        .GroupBy(item => item.Event.Severity)
        .OrderByDescending(severity => severity.Key)
        .Select(severity => string.Create(CultureInfo.InvariantCulture, $"{severity.Count()} {SlackWords.NameOf(severity.Key)}")));

    private sealed record Entry(MessageItem Item, List<string> Sections)
    {
        public int Size { get; } = SlackLayout.SizeOf(Sections);
    }
}
