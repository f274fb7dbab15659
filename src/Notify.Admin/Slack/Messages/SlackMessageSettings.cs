using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>The language of an integration's messages.</summary>
public enum SlackLanguage
{
    En = 1,
    Zh = 2,
}

/// <summary>Whom an integration's messages call.</summary>
public enum SlackMention
{
    Nobody = 0,

    /// <summary><c>@here</c>: members of the channel who are active.</summary>
    Here = 1,

    /// <summary><c>@channel</c>: all members of the channel.</summary>
    Channel = 2,

    /// <summary>The people and user groups of <see cref="SlackMentionIds"/>.</summary>
    People = 3,
}

/// <summary>What an integration lets people choose about its messages.</summary>
/// <param name="ChannelId">Slack's id of the channel.</param>
/// <param name="MentionIds">Of people (<c>U…</c>, <c>W…</c>) and user groups (<c>S…</c>), with <see cref="SlackMention.People"/>.</param>
/// <param name="MentionFrom">The least severe event that calls somebody; <see cref="Severity.NotStated"/> for every message.</param>
public sealed record SlackMessageSettings(
    string ChannelId,
    SlackLanguage Language = SlackLanguage.En,
    SlackMention Mention = SlackMention.Nobody,
    IReadOnlyList<string>? MentionIds = null,
    Severity MentionFrom = Severity.NotStated)
{
    /// <summary>What its messages show.</summary>
    public MessageLayout Layout { get; init; } = MessageLayout.Standard;

    /// <summary>How it is told what follows on a problem.</summary>
    public FollowUp FollowUp { get; init; }

    /// <summary>Messages about one event have buttons to press.</summary>
    public bool HasButtons { get; init; }

    /// <summary>Where people reach this console; null where nobody has said.</summary>
    public Uri? Console { get; init; }

    public static SlackMessageSettings Of(SlackIntegration integration) => new(
        integration.ChannelId, integration.Language, integration.Mention,
        SlackMentionIds.TryRead(integration.MentionIds, out var ids, out _) ? ids : [], integration.MentionFrom)
    {
        Layout = MessageLayout.Read(integration.Layout),
        FollowUp = integration.FollowUp,
    };

    /// <summary>The mentions of a message about these events as Slack reads them; empty where it calls nobody. None comes from an
    /// event.</summary>
    public string MentionsFor(IEnumerable<MessageItem> items) => items.Any(item => item.Event.Severity >= MentionFrom) ? Mentions : "";

    // By value: delivery asks whether the channel was edited meanwhile.
    public bool Equals(SlackMessageSettings? other) => other is not null
        && (ChannelId, Language, Mention, MentionFrom, Layout, Console, FollowUp, HasButtons)
            == (other.ChannelId, other.Language, other.Mention, other.MentionFrom, other.Layout, other.Console, other.FollowUp,
                other.HasButtons)
        && (MentionIds ?? []).SequenceEqual(other.MentionIds ?? []);

    public override int GetHashCode() => HashCode.Combine(ChannelId, Language, Mention, MentionFrom, Layout, Console, FollowUp, HasButtons);

    private string Mentions => Mention switch
    {
        SlackMention.Here => "<!here>",
        SlackMention.Channel => "<!channel>",
        SlackMention.People => string.Join(' ', (MentionIds ?? []).Select(id => id[0] == 'S' ? $"<!subteam^{id}>" : $"<@{id}>")),
        SlackMention.Nobody => "",
    };
}
