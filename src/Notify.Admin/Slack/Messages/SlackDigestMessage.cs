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

    // Header, mark, mentions, counts and small print take these blocks.
    private const int ReservedBlocks = 6;
    private const int ReservedSize = 1200;

    public static IReadOnlyList<ComposedMessage> Compose(SlackFrame frame, ChannelMessage message)
    {
        var entries = message.Items
            .OrderByDescending(item => item.Event.Severity)
            .ThenBy(item => item.Event.Time)
            .ThenBy(item => item.Event.RowId)
            .ThenBy(item => item.DeliveryId)
            .Select(item => new Entry(item, Describe(frame, item)))
            .ToList();
        var counts = Counts(frame.Words, message.Items);
        var parts = Split(entries, counts);
        return [.. parts.Select((part, index) => ComposePart(frame, message, counts, part, index, parts.Count))];
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
        SlackFrame frame, ChannelMessage message, string counts, List<Entry> entries, int index, int parts)
    {
        var words = frame.Words;
        var place = parts == 1 ? "" : words["Part", index + 1, parts];
        var title = words["Events", message.Items.Count] + place;
        var layout = new SlackLayout();
        if (frame.Mark is { } mark)
        {
            layout.Section(mark);
        }

        layout.Header(title);
        if (index == 0)
        {
            layout.Mention(frame.Mentions);
            layout.Section(counts);
        }

        foreach (var section in entries.SelectMany(entry => entry.Sections))
        {
            layout.Section(section);
        }

        layout.Context($"{words["Digest", message.ShortId]}{place} · Notify.Admin");
        return layout.ToMessage(frame.ChannelId, frame.Summary(words["Subject", title, SeverityCounts(words, message.Items)]),
            entries.Select(entry => entry.Item));
    }

    private static List<string> Describe(SlackFrame frame, MessageItem item)
    {
        var (record, words) = (item.Event, frame.Words);
        var subject = SlackWords.Subject(record, MaxSubject);
        var headline = words.Headline(record, MaxTitle);
        var first = words.WithState(record, subject.Length > 0 ? words["Subject", headline, subject] : headline);
        var second = $"{words.Kind(record, MaxKind)} · {SlackWords.Moment(record.Time)} · {words["Delivery", item.ShortId]}";
        second = record.HeldBack > 0 ? $"{second} · {words["HeldBack", record.HeldBack]}" : second;
        // A message of somebody's own is more than its first line.
        var text = record.Posted is null ? "" : SlackEventText.Paragraphs(record.Fields.Description, MaxPosted);
        second = text.Length > 0 && text != record.Fields.Title ? $"{text}\n{second}" : second;
        return [.. SlackEventText.Pieces($"{first}\n{second}\n{words["EventId", SlackEventText.Id(record.Id)]}", SlackLayout.MaxSection)];
    }

    private static string Counts(SlackWords words, IReadOnlyList<MessageItem> items)
    {
        var kinds = items
            .GroupBy(item => words.Kind(item.Event, MaxKind), StringComparer.Ordinal)
            .OrderByDescending(kind => kind.Max(item => item.Event.Severity))
            .ThenByDescending(kind => kind.Count())
            .ThenBy(kind => kind.Key, StringComparer.Ordinal)
            .ToList();
        var lines = kinds.Take(MaxKinds).Select(kind => words["KindCount", kind.Key, kind.Count(), SeverityCounts(words, kind)]);
        var rest = kinds.Skip(MaxKinds).ToList();
        return string.Join('\n',
        [
            SeverityCounts(words, items),
            .. lines,
            .. rest.Count > 0 ? [words["MoreKinds", rest.Count, rest.Sum(kind => kind.Count())]] : Array.Empty<string>(),
        ]);
    }

    /// <summary><c>3 Critical, 5 High</c>.</summary>
    private static string SeverityCounts(SlackWords words, IEnumerable<MessageItem> items) => string.Join(words["Comma"], items
        .GroupBy(item => item.Event.Severity)
        .OrderByDescending(severity => severity.Key)
        .Select(severity => words["Count", severity.Count(), words.NameOf(severity.Key)]));

    private sealed record Entry(MessageItem Item, List<string> Sections)
    {
        public int Size { get; } = SlackLayout.SizeOf(Sections);
    }
}
