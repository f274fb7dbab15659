using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>The message about one event.</summary>
internal static class SlackEventMessage
{
    private const int MaxTitle = 240;
    private const int MaxValue = 240;
    private const int MaxDescription = 1500;

    // A description cut to fewer characters than this says nothing.
    private const int MinDescription = 40;

    /// <param name="mark">Says that this is no alert; null for one.</param>
    /// <param name="noun">What the item's short id is called.</param>
    public static ComposedMessage Compose(string channelId, string? mark, MessageItem item, string noun)
    {
        var record = item.Event;
        var title = Title(record);
        var id = SlackEventText.Id(record.Id);
        List<string> paragraphs = [.. mark is null ? Array.Empty<string>() : [mark], .. Paragraphs(record)];
        List<(string Label, string Value)> rows = [.. Rows(record)];
        var small = $"{noun} {item.ShortId} · Notify.Admin";
        var link = record.Fields.Link is { Length: <= SlackLayout.MaxLink } address ? address : null;

        // The description is cut to the room that the other parts leave.
        var room = SlackLayout.MaxSize - SlackLayout.SizeOf([.. paragraphs, .. rows.Select(row => row.Label + row.Value), title, id,
            small, link ?? ""]);
        var description = room < MinDescription ? "" : SlackEventText.Paragraphs(record.Fields.Description, Math.Min(MaxDescription, room));
        if (description.Length > 0)
        {
            paragraphs.Add(description);
        }

        var layout = new SlackLayout();
        layout.Header(title);
        paragraphs.ForEach(layout.Section);
        layout.Fields(rows);
        if (link is not null)
        {
            layout.Link(link);
        }

        layout.Section($"Event ID: {id}");
        layout.Context(small);

        var summary = $"{(mark is null ? "" : mark + ": ")}{title} (event {id}, {noun.ToLowerInvariant()} {item.ShortId})";
        return layout.ToMessage(channelId, summary, [item]);
    }

    private static string Title(EventRecord record)
    {
        var headline = SlackWords.Headline(record, MaxTitle);
        var subject = SlackWords.Subject(record, MaxTitle);
        var title = subject.Length > 0 ? $"{headline}: {subject}" : headline;
        return SlackEventText.Line(SlackWords.WithState(record, title), SlackLayout.MaxHeader);
    }

    private static IEnumerable<string> Paragraphs(EventRecord record)
    {
        var sentence = SlackWords.Sentence(record, MaxValue);
        if (sentence is not null)
        {
            yield return sentence;
        }

        // In the header already where there is no sentence, but perhaps shortened.
        var title = SlackEventText.Line(record.Fields.Title, MaxTitle);
        if (title.Length > 0 && (sentence is not null || SlackEventText.EscapedLength(title) > SlackLayout.MaxHeader / 2))
        {
            yield return title;
        }
    }

    private static IEnumerable<(string Label, string Value)> Rows(EventRecord record)
    {
        var fields = record.Fields;
        (string Label, string? Value)[] rows =
        [
            ("State", SlackWords.NameOf(record.Fields.State)),
            ("Severity", SlackWords.Marked(record.Severity)),
            ("Kind", SlackWords.Kind(record, MaxValue)),
            ("Target", fields.Target),
            ("Asset", fields.Asset),
            ("Alert category", fields.EventType),
            ("Type", fields.Type),
            ("Asset group", fields.GroupId),
            ("Scan", fields.ScanId),
            ("Time", SlackWords.Moment(record.Time)),
            ("Source", record.Source),
        ];
        return rows
            .Select(row => (row.Label, Value: SlackEventText.Line(row.Value, MaxValue)))
            .Where(row => row.Value.Length > 0);
    }
}
