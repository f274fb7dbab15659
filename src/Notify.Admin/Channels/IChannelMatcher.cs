namespace Notify.Admin.Channels;

/// <summary>Decides which channels of one kind hear an event, and can say why. The same code serves intake, preview and
/// explanation.</summary>
public interface IChannelMatcher
{
    ChannelKind Kind { get; }

    /// <summary>Loads the channels' rules when <paramref name="configurationVersion"/> is newer than what is held.</summary>
    ValueTask<IMatcherSnapshot> GetSnapshotAsync(long configurationVersion, CancellationToken cancellationToken);
}

/// <summary>The rules of all channels of one kind at one version, compiled; immutable and safe to share.</summary>
public interface IMatcherSnapshot
{
    /// <summary>How many days its rules look back for the same event; 0 where none does, and <see cref="EventRecord.SeenAgo"/> changes
    /// nothing.</summary>
    int NewDays => 0;

    /// <summary>The channels that hear <paramref name="record"/>; the cost grows with the number of matches, not of channels.</summary>
    IEnumerable<ChannelMatch> Match(EventRecord record);

    /// <summary>Every channel of the kind, by name, with how far it is from hearing the event. Makes no words: a hundred thousand cost
    /// little.</summary>
    IEnumerable<ChannelDistance> Measure(EventRecord record);

    /// <summary>The verdict on one channel with each condition behind it, in the current UI culture; null where there is none with that
    /// id.</summary>
    ChannelExplanation? Explain(EventRecord record, int channelId);

    /// <summary>The channels, on, that hear some or all events of a class, each once and in no particular order. The cost grows with those
    /// that hear it; what the answer needs of the rules is compiled at the first question. What the sources of events are bound to is no
    /// rule, and not answered here.</summary>
    IEnumerable<ChannelCover> Cover(EventClass events);
}

/// <param name="Reason">Why it matched, short and language-free: <c>slackStop</c>, <c>slackNotify</c>, <c>rule 2</c>.</param>
public readonly record struct ChannelMatch(ChannelKey Channel, string Reason)
{
    /// <summary>By a rule that asks for new events: where nobody has looked whether this one is, the match stands under that
    /// condition.</summary>
    public bool IfNew { get; init; }
}

/// <summary>How far a channel is from hearing an event.</summary>
/// <param name="Away">How many conditions stop it: 0 hears it, 1 nearly; <see cref="OfOtherKind"/> where it asks for no event of that
/// kind.</param>
public readonly record struct ChannelDistance(ChannelKey Channel, string Name, int Away)
{
    public const int OfOtherKind = int.MaxValue;

    public bool Hears => Away == 0;

    /// <summary>One thing alone stops it.</summary>
    public bool IsNear => Away == 1;
}

/// <summary>Whether one channel hears one event, and the conditions that decided it.</summary>
public sealed record ChannelExplanation(ChannelKey Channel, string Name, bool Hears, IReadOnlyList<ExplainedCondition> Conditions);

/// <summary>One condition in words, in the current UI culture, and whether it held.</summary>
public sealed record ExplainedCondition(string Text, bool Passed);
