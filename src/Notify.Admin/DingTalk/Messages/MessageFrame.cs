using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>What every message of a chatbot has around its content: the mark of a test or drill before it; ids, keyword and mentions after
/// it. In a test or drill only the chatbot's keyword and the mentions can be matched by a robot's keyword, since only they are in every
/// message.</summary>
internal sealed class MessageFrame(RobotMessageSettings settings, ChannelMessage message)
{
    // A title fills half a line of the chat list; a phone's notification shows less.
    private const int MaxTitle = 80;

    public MessageWords Words { get; } = MessageWords.In(settings.Language);

    public MessageLayout Layout => settings.Layout;

    /// <summary>The event's page in this console; null where it has none.</summary>
    public Uri? LinkTo(EventRecord record) => ConsoleLink.ToEvent(settings.Console, record);

    private string? Mark => message.Purpose switch
    {
        MessagePurpose.Test => "Test",
        MessagePurpose.Drill => "Drill",
        MessagePurpose.Event or MessagePurpose.Digest or MessagePurpose.Revision => null,
    };

    /// <summary>For the phone's notification: <c>[Critical] …</c>, or <c>[Test] …</c>.</summary>
    public string Title(Severity? severity, string text)
    {
        var label = Mark is { } mark ? Words[mark] : severity is null or Severity.NotStated ? null : Words.Of(severity.Value);
        var title = label is null ? text : Words["Title", label, text];
        return Shown(title.Length <= MaxTitle ? title : ForeignText.Cut(title, MaxTitle - 1) + "…");
    }

    /// <summary>Of one event: with its state first, where what it tells of has ended.</summary>
    public string Title(EventRecord record, string text) => Title(record.Severity, Words.StateBefore(record) + text);

    /// <summary>A link; of a test or drill only its text, since an address with something in between leads nowhere.</summary>
    public string Link(string label, Uri address) => Mark is not null ? Shown(label)
        : $"[{label}]({address.AbsoluteUri.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal)})";

    /// <summary>The text as it is sent: of a test or drill, so that no keyword is found in it.</summary>
    public string Shown(string text) => Mark is null ? text : UnmatchableText.Of(text);

    /// <summary>Says that this is no alert, and who asked for it; empty for one.</summary>
    public string Opening() => Mark is not { } mark ? string.Empty : Shown(string.Join('\n',
    [
        $"#### {Words[$"{mark}.Heading"]}",
        string.Empty,
        Words[$"{mark}.Text", EventText.Safe(settings.Name, 64)],
        string.Empty,
        .. message.RequestedBy is { } person ? [$"- {Words.Field(Words["RequestedBy"], EventText.Safe(person, 100))}"]
        : Array.Empty<string>(),
        $"- {Words.Field(Words["Time"], Moment(message.At))}",
        string.Empty,
        string.Empty,
    ]));

    /// <param name="shortId">Of the one delivery, in a message about one event.</param>
    /// <param name="mentions">False in the continuations of a digest, which would call everybody again.</param>
    public string Closing(string? shortId, bool mentions)
    {
        var key = Mark is { } mark ? $"{mark}.Id" : shortId is null ? "Digest" : "Delivery";
        var id = Mark is null && shortId is not null ? shortId : message.ShortId;
        var named = Shown(Words[key, "\n"]).Replace("\n", id, StringComparison.Ordinal);
        var line = string.IsNullOrEmpty(settings.Keyword) ? named : $"{named} · {settings.Keyword}";
        var mention = mentions ? Mention() : string.Empty;
        return mention.Length == 0 ? $"\n\n{line}" : $"\n\n{line}\n\n{mention}";
    }

    public RobotMarkdown Body(string title, string text, bool mentions) => new(
        title,
        text,
        mentions && settings.Mention == MentionMode.Everyone,
        mentions && settings.Mention == MentionMode.Mobiles ? settings.Mobiles : []);

    public ComposedMessage Compose(RobotMarkdown body, IEnumerable<MessageItem> items)
    {
        var preview = $"{body.Title}\n\n{MarkdownPreview.ToPlainText(body.Text)}";
        return new ComposedMessage(body.ToJson(), Mark is null ? preview : UnmatchableText.Undo(preview),
            [.. items.Select(item => item.DeliveryId)]);
    }

    public static string Moment(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture);

    private string Mention() => settings.Mention switch
    {
        MentionMode.Everyone => Words["Everyone"],
        MentionMode.Mobiles => string.Join(' ', settings.Mobiles.Select(mobile => "@" + mobile)),
        MentionMode.Nobody => string.Empty,
    };
}
