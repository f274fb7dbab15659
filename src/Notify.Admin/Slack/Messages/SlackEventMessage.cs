using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>The message about one event.</summary>
internal static class SlackEventMessage
{
    private const int MaxTitle = 240;
    private const int MaxValue = 240;
    private const int MaxDescription = 1500;
    private const int MaxLine = 600;

    // A description cut to fewer characters than this says nothing.
    private const int MinDescription = 40;

    public static ComposedMessage Compose(SlackFrame frame, MessageItem item)
    {
        var (record, words) = (item.Event, frame.Words);
        var chosen = frame.Layout;
        var title = Title(words, record, chosen.Title);
        var id = SlackEventText.Id(record.Id);
        List<string> paragraphs =
        [
            .. frame.Mark is { } mark ? [mark] : Array.Empty<string>(),
            .. frame.StateOf(record) is { } state ? [state] : Array.Empty<string>(),
            .. frame.AcknowledgedLine is { } acknowledged ? [acknowledged] : Array.Empty<string>(),
            .. frame.MutedLine is { } muted ? [muted] : Array.Empty<string>(),
            .. record.HoldsBack is { } inhibition ? [words["HoldsBack", SlackEventText.Line(inhibition, MaxValue)]] : Array.Empty<string>(),
            .. record.HeldBack > 0 ? [words["HeldBack", record.HeldBack]] : Array.Empty<string>(),
            .. Line(words, record, chosen.Before),
            .. chosen.Fields is null ? Paragraphs(words, record) : [],
        ];
        List<(string Label, string Value)> rows = [.. chosen.Fields is { } names ? Picked(words, record, names) : Rows(frame, record)];
        List<string> after = [.. Line(words, record, chosen.After)];
        var small = frame.SmallPrint(item.ShortId);
        List<(string Text, string Address)> links = [.. Links(frame, record)];
        List<SlackButton> buttons = [.. frame.ButtonsFor(item)];

        // The description is cut to the room that the other parts leave.
        var room = SlackLayout.MaxSize - SlackLayout.SizeOf([.. paragraphs, .. rows.Select(row => row.Label + row.Value), .. after, title,
            id, small, string.Concat(links.Select(link => link.Text + link.Address)),
            string.Concat(buttons.Select(button => button.Text)), frame.Mentions]);
        var description = room < MinDescription || chosen.Fields?.Contains(MessageField.Description) == false ? ""
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
        after.ForEach(layout.Section);
        layout.Links(links);
        layout.Buttons(buttons);
        layout.Section(words["EventId", id]);
        layout.Context(small);
        return layout.ToMessage(frame.ChannelId, frame.Summary(words["Summary", title, id, InSentence(frame.Named(item.ShortId))]), [item],
            frame.Thread);
    }

    private static string InSentence(string named) => char.ToLowerInvariant(named[0]) + named[1..];

    private static string Title(SlackWords words, EventRecord record, string? template)
    {
        if (template is not null && MessageTemplate.Fill(template, record, words) is { } filled)
        {
            return SlackEventText.Line(
                words.WithState(record, filled, MessageTemplate.NamesIn(template).ToHashSet()), SlackLayout.MaxHeader);
        }

        var headline = words.Headline(record, MaxTitle);
        var subject = SlackWords.Subject(record, MaxTitle);
        var title = subject.Length > 0 ? words["Subject", headline, subject] : headline;
        return SlackEventText.Line(words.WithState(record, title), SlackLayout.MaxHeader);
    }

    private static IEnumerable<string> Line(SlackWords words, EventRecord record, string? template) =>
        template is not null && SlackEventText.Line(MessageTemplate.Fill(template, record, words), MaxLine) is { Length: > 0 } line
            ? [line] : [];

    // What leads elsewhere names where; the console's own comes last.
    private static IEnumerable<(string Text, string Address)> Links(SlackFrame frame, EventRecord record)
    {
        // Slack takes no address with blanks, and counts it as it is sent.
        if (record.Fields.Link is { Length: <= SlackLayout.MaxLink } link && new Uri(link) is var address
            && address.AbsoluteUri.Length <= SlackLayout.MaxLink)
        {
            yield return (frame.Words["Open", address.Host], address.AbsoluteUri);
        }

        if (frame.LinkTo(record) is { } own)
        {
            yield return (frame.Words["OpenHere"], own.AbsoluteUri);
        }
    }

    private static IEnumerable<(string Label, string Value)> Picked(SlackWords words, EventRecord record, IEnumerable<string> names) =>
        names.Where(name => name is not (MessageField.Description or "id")) // The id is always shown.
        .Select(MessageField.Find).OfType<MessageField>()
        .Select(field => (
            Label: SlackEventText.Label(field.Label.In(words.Language)),
            Value: SlackEventText.Line(
                field.Name == MessageField.Severity ? words.Marked(record.Severity) : field.Read(record, words), MaxValue)))
        .Where(row => row.Value.Length > 0);

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

    private static IEnumerable<(string Label, string Value)> Rows(SlackFrame frame, EventRecord record)
    {
        var (words, fields) = (frame.Words, record.Fields);
        (string Label, string? Value)[] rows =
        [
            // How its problem stands is said above already.
            ("State", frame.StateOf(record) is null ? words.NameOf(record.Fields.State) : null),
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
