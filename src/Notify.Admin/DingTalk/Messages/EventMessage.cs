using System.Text;
using Notify.Admin.Channels;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>The message about one event.</summary>
internal static class EventMessage
{
    private const int MaxTitle = 200;
    private const int MaxField = 120;
    private const int MaxDetails = 1500;
    private const int MaxLink = 2048;
    private const int MaxLinkShown = 60;

    public static ComposedMessage Compose(MessageFrame frame, MessageItem item)
    {
        var record = item.Event;
        var chosen = frame.Layout;
        var own = Line(frame.Words, record, chosen.Title);
        var headline = own ?? Headline(frame.Words, record, MaxTitle);
        var title = frame.Title(record,
            own is null && record.Fields.Asset is { } asset ? $"{headline} · {EventText.Safe(asset, 40)}" : headline);
        var beginning = frame.Opening() + frame.Shown(Beginning(frame.Words, record, headline, chosen));
        var after = Line(frame.Words, record, chosen.After) is { } line ? frame.Shown($"\n\n{line}") : string.Empty;
        var ending = ConsoleLine(frame, record) + after + frame.Closing(item.ShortId, mentions: true);
        var link = LinkLine(frame, record);
        if (RobotMarkdown.SizeOf(link) <= Room(frame.Body(title, beginning + ending, mentions: true)))
        {
            ending = link + ending;
        }

        var description = chosen.Fields?.Contains(MessageField.Description) == false ? null : frame.Words.Description(record.Fields);
        var details = Has(description)
            ? Details(frame, description!, Room(frame.Body(title, beginning + ending, mentions: true))) : string.Empty;
        var text = beginning + details + ending;
        return frame.Compose(frame.Body(title, text, mentions: true), [item]);
    }

    /// <summary>The event's own title, or what kind of event it is.</summary>
    public static string Headline(MessageWords words, EventRecord record, int maxLength) =>
        EventText.Safe(words.Title(record.Fields), maxLength) is { Length: > 0 } title ? title : TypeLabel(words, record, maxLength);

    public static string TypeLabel(MessageWords words, EventRecord record, int maxLength) =>
        Vocabulary.FindByType(record.Type)?.Label.In(words.Language) ?? EventKinds.Find(record.Type)?.In(words.Language)
            ?? EventText.Safe(record.Type, maxLength);

    private static string? Line(MessageWords words, EventRecord record, string? template) => template is null ? null
        : EventText.Safe(MessageTemplate.Fill(template, record, words), MaxTitle) is { Length: > 0 } line ? line : null;

    private static string Beginning(MessageWords words, EventRecord record, string headline, MessageLayout chosen)
    {
        var text = new StringBuilder();
        text.Append("#### ").Append(words.StateBefore(record)).Append(words.Of(record.Severity)).Append(" · ")
            .Append(TypeLabel(words, record, MaxField)).Append("\n\n");
        text.Append("**").Append(headline).Append("**\n");
        if (record.HoldsBack is { } inhibition)
        {
            text.Append('\n').Append(words["HoldsBack", EventText.Safe(inhibition, MaxField)]).Append('\n');
        }

        if (record.HeldBack > 0)
        {
            text.Append('\n').Append(words["HeldBack", record.HeldBack]).Append('\n');
        }

        if (Line(words, record, chosen.Before) is { } before)
        {
            text.Append('\n').Append(before).Append('\n');
        }

        foreach (var (label, value) in chosen.Fields is { } names ? Picked(words, record, names) : Fields(words, record))
        {
            text.Append("\n- ").Append(words.Field(label, value));
        }

        return text.ToString();
    }

    // The id stays: a duplicate is recognised by it.
    private static IEnumerable<(string Label, string Value)> Picked(MessageWords words, EventRecord record, IEnumerable<string> names) =>
    [
        .. names.Where(name => name is not (MessageField.Description or "id"))
            .Select(MessageField.Find).OfType<MessageField>()
            .Select(field => (Label: EventText.Safe(field.Label.In(words.Language), MaxField),
                Value: EventText.Safe(field.Read(record, words), MaxField)))
            .Where(row => row.Value.Length > 0),
        (words["EventId"], EventText.SafeId(record.Id)),
    ];

    private static IEnumerable<(string Label, string Value)> Fields(MessageWords words, EventRecord record)
    {
        var fields = record.Fields;
        if (fields.State != EventState.None)
        {
            yield return (words["State"], words.Of(fields.State));
        }

        if (Has(fields.Asset))
        {
            yield return (words["Asset"], EventText.Safe(fields.Asset, MaxField));
        }

        if (Has(fields.Target))
        {
            yield return (words["Target"], EventText.Safe(fields.Target, MaxField));
        }

        foreach (var key in Vocabulary.FindByType(record.Type)?.Keys ?? [])
        {
            if (ValueOf(fields, key.Name) is { } value && Has(value))
            {
                yield return (key.Label.In(words.Language), key.Find(value)?.Label.In(words.Language) ?? EventText.Safe(value, MaxField));
            }
        }

        if (Has(fields.GroupId))
        {
            yield return (words["AssetGroup"], EventText.Safe(fields.GroupId, MaxField));
        }

        yield return (words["Time"], MessageFrame.Moment(record.Time));
        yield return (words["Source"], EventText.Safe(record.Source, MaxField));
        yield return (words["EventId"], EventText.SafeId(record.Id));
    }

    // The line shows the host, since the address comes from outside.
    private static string LinkLine(MessageFrame frame, EventRecord record) =>
        record.Fields.Link is { Length: <= MaxLink } link && new Uri(link) is var address && address.AbsoluteUri.Length <= MaxLink
            ? frame.Shown($"\n- {frame.Words["Link"]}") + frame.Words.Field("",
                frame.Link(EventText.Safe($"{address.Host}{address.PathAndQuery}", MaxLinkShown), address)) : string.Empty;

    private static string ConsoleLine(MessageFrame frame, EventRecord record) => frame.LinkTo(record) is not { } address ? string.Empty
        : "\n- " + frame.Link(frame.Words["OpenHere"], address);

    private static int Room(RobotMarkdown body) => RobotMarkdown.MaxBytes - body.Size;

    private static string Details(MessageFrame frame, string description, int room)
    {
        var words = frame.Words;
        for (var length = Math.Min(description.Length, MaxDetails); length > 0; length = length * 3 / 4)
        {
            var kept = ForeignText.Cut(description, length);
            var left = description.Length - kept.Length;
            var shown = left == 0 ? EventText.Safe(kept, int.MaxValue)
                : EventText.Safe(kept, int.MaxValue) + "…" + words["MoreCharacters", left];
            var line = frame.Shown("\n- " + words.Field(words["Details"], shown));
            if (RobotMarkdown.SizeOf(line) <= room)
            {
                return line;
            }
        }

        return string.Empty;
    }

    private static string? ValueOf(EventFields fields, string key) => key switch
    {
        Vocabulary.ItemLevel => fields.ItemLevel,
        Vocabulary.EventType => fields.EventType,
        Vocabulary.Type => fields.Type,
        Vocabulary.Necessity => fields.Necessity,
        _ => null,
    };

    private static bool Has(string? value) => !string.IsNullOrWhiteSpace(value);
}
