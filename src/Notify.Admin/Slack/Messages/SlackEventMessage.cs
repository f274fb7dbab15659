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

    public static ComposedMessage Compose(SlackFrame frame, MessageItem item)
    {
        var (record, words) = (item.Event, frame.Words);
        var title = Title(words, record);
        var id = SlackEventText.Id(record.Id);
        List<string> paragraphs = [.. frame.Mark is { } mark ? [mark] : Array.Empty<string>(), .. Paragraphs(words, record)];
        List<(string Label, string Value)> rows = [.. Rows(words, record)];
        var small = $"{frame.Named(item.ShortId)} · Notify.Admin";
        var link = record.Fields.Link is { Length: <= SlackLayout.MaxLink } address ? address : null;

        // The description is cut to the room that the other parts leave.
        var room = SlackLayout.MaxSize - SlackLayout.SizeOf([.. paragraphs, .. rows.Select(row => row.Label + row.Value), title, id,
            small, link ?? "", frame.Mentions]);
        var description = room < MinDescription ? ""
            : SlackEventText.Paragraphs(words.Description(record.Fields), Math.Min(MaxDescription, room));
        if (description.Length > 0)
        {
            paragraphs.Add(description);
        }

        var layout = new SlackLayout();
        layout.Header(title);
        layout.Mention(frame.Mentions);
        paragraphs.ForEach(layout.Section);
        layout.Fields(rows);
        if (link is not null)
        {
            layout.Link(words["Open", new Uri(link).Host], link);
        }

        layout.Section(words["EventId", id]);
        layout.Context(small);
        return layout.ToMessage(frame.ChannelId, frame.Summary(words["Summary", title, id, InSentence(frame.Named(item.ShortId))]), [item]);
    }

    private static string InSentence(string named) => char.ToLowerInvariant(named[0]) + named[1..];

    private static string Title(SlackWords words, EventRecord record)
    {
        var headline = words.Headline(record, MaxTitle);
        var subject = SlackWords.Subject(record, MaxTitle);
        var title = subject.Length > 0 ? words["Subject", headline, subject] : headline;
        return SlackEventText.Line(words.WithState(record, title), SlackLayout.MaxHeader);
    }

    private static IEnumerable<string> Paragraphs(SlackWords words, EventRecord record)
    {
        var sentence = words.Sentence(record, MaxValue);
        if (sentence is not null)
        {
            yield return sentence;
        }

        // In the header already where there is no sentence, but perhaps shortened.
        var title = SlackEventText.Line(words.Title(record.Fields), MaxTitle);
        if (title.Length > 0 && (sentence is not null || SlackEventText.EscapedLength(title) > SlackLayout.MaxHeader / 2))
        {
            yield return title;
        }
    }

    private static IEnumerable<(string Label, string Value)> Rows(SlackWords words, EventRecord record)
    {
        var fields = record.Fields;
        (string Label, string? Value)[] rows =
        [
            ("State", words.NameOf(record.Fields.State)),
            ("Severity", words.Marked(record.Severity)),
            ("Kind", words.Kind(record, MaxValue)),
            ("Target", fields.Target),
            ("Asset", fields.Asset),
            ("AlertCategory", fields.EventType),
            ("Type", fields.Type),
            ("AssetGroup", fields.GroupId),
            ("Scan", fields.ScanId),
            ("Time", SlackWords.Moment(record.Time)),
            ("Source", record.Source),
        ];
        return rows
            .Select(row => (row.Label, Value: SlackEventText.Line(row.Value, MaxValue)))
            .Where(row => row.Value.Length > 0)
            .Select(row => (words[$"Label.{row.Label}"], row.Value));
    }
}
