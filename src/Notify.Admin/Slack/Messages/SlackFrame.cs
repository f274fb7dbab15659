using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>What every message of an integration has around its content: the mark of a test or drill and the mentions before it, its id
/// after it.</summary>
internal sealed class SlackFrame(SlackMessageSettings settings, ChannelMessage message)
{
    private const int MaxPerson = 120;

    public SlackWords Words { get; } = SlackWords.In(settings.Language);

    public string ChannelId => settings.ChannelId;

    public MessageLayout Layout => settings.Layout;

    /// <summary>The event's page in this console; null where it has none.</summary>
    public Uri? LinkTo(EventRecord record) => ConsoleLink.ToEvent(settings.Console, record);

    /// <summary>Says first that nothing has happened, and who asked; null for a real message.</summary>
    public string? Mark { get; } = MarkOf(SlackWords.In(settings.Language), message);

    /// <summary>As Slack reads them; empty where it calls nobody.</summary>
    public string Mentions { get; } = settings.MentionsFor(message.Items);

    /// <summary>The message that this one changes or answers.</summary>
    public SlackThread Thread { get; } = SlackThread.Of(settings, message);

    /// <summary>Who has taken on what it tells of; null until somebody has.</summary>
    public Acknowledged? Acknowledged =>
        message.Acknowledged ?? (Thread.FollowUp == FollowUp.Update ? message.Earlier?.Acknowledged : null);

    /// <summary>How the problem stands, in colour and word; null where the channel does not ask, or the event does not say.</summary>
    public string? StateOf(EventRecord record) =>
        settings.FollowUp == FollowUp.NewMessage || EventProblem.KeyOf(record) is null ? null
        : Words.Standing(record, Thread.FollowUp == FollowUp.NewMessage ? null : message.Earlier?.Since);

    /// <summary>The small print: the message's id, and which message it follows.</summary>
    public string SmallPrint(string shortId) => Thread.FollowUp == FollowUp.NewMessage || message.Earlier is not { } earlier
        ? $"{Named(shortId)} · Notify.Admin"
        : $"{Named(shortId)} · {Words[$"FollowUp.{Thread.FollowUp}", earlier.ShortId]} · Notify.Admin";

    /// <summary>What people may do with what it tells of; an answer leaves that to the message that it answers.</summary>
    public IEnumerable<SlackButton> ButtonsFor(MessageItem item)
    {
        var isAsked = settings.HasButtons && message.Purpose == MessagePurpose.Event && Thread.FollowUp != FollowUp.Reply
            && EventProblem.StateOf(item.Event) != EventState.Resolved;
        if (isAsked && Acknowledged is null)
        {
            yield return new SlackButton(Words["Button.Acknowledge"], SlackButton.Acknowledge, item.ShortId);
        }

        // Of an event that belongs to no problem nothing follows that could be kept back.
        if (isAsked && EventProblem.KeyOf(item.Event) is not null)
        {
            yield return new SlackButton(Words["Button.MuteHour"], SlackButton.MuteHour, item.ShortId);
            yield return new SlackButton(Words["Button.MuteUntilFixed"], SlackButton.MuteUntilFixed, item.ShortId);
        }
    }

    /// <summary>What a message's short id is called: <c>Delivery D-1Z4K</c>.</summary>
    public string Named(string shortId) => Words[IsReal(message) ? "Delivery" : $"{message.Purpose}", shortId];

    /// <summary>For the phone's notification, with the mark before it.</summary>
    public string Summary(string text) => Mark is null ? text : Words["Marked", Mark, text];

    private static string? MarkOf(SlackWords words, ChannelMessage message)
    {
        if (IsReal(message))
        {
            return null;
        }

        var mark = words[$"{message.Purpose}.Mark"];
        var person = SlackEventText.Line(message.RequestedBy, MaxPerson);
        return person.Length > 0 ? words["RequestedBy", mark, person] : mark;
    }

    /// <summary>Says who has taken on what it tells of; null until somebody has.</summary>
    public string? AcknowledgedLine => Acknowledged is { } done
        ? Words["Acknowledged", Person(done.By), SlackWords.Moment(done.At)] : null;

    /// <summary>Says who has muted it and until when; or that this is over, where it changes the message that said so.</summary>
    public string? MutedLine => message.Muted switch
    {
        null => null,
        { HasEnded: true } when Thread.FollowUp != FollowUp.Update => null,
        { HasEnded: true } over => Words["Muted.Ended", Person(over.By), SlackWords.Moment(over.Until)],
        { UntilFixed: true } muted => Words["Muted.UntilFixed", Person(muted.By)],
        var muted => Words["Muted.Until", Person(muted.By), SlackWords.Moment(muted.Until)],
    };

    private static string Person(string name) => SlackEventText.Line(name, MaxPerson);

    private static bool IsReal(ChannelMessage message) => message.Purpose is MessagePurpose.Event or MessagePurpose.Digest;
}
