using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>The switches of all integrations at one version, sorted by what they hear: an event costs as much as it has matches.</summary>
internal sealed class SlackMatcherSnapshot : IMatcherSnapshot
{
    // Every combination that SlackMatching tells apart.
    private static readonly EventShape[] Shapes =
    [
        .. new[] { "schedule", "queue" }.Select(trigger => new EventShape("scan.started", trigger, null)),
        .. new[] { "scan.completed", "scan.aborted" }.SelectMany(type =>
            Enum.GetValues<SlackAvgThreat>().Cast<SlackAvgThreat?>().Append(null).Select(threat => new EventShape(type, null, threat))),
        .. new[] { "scan.stopped", "scan.deleted", "scan.paused", "scan.resumed" }.Select(type => new EventShape(type, null, null)),
        EventShape.Other,
    ];

    private readonly IReadOnlyList<SlackListener> _listeners;
    private readonly Dictionary<int, SlackListener> _byId;
    private readonly IStringLocalizer<SlackText> _texts;
    private readonly Dictionary<EventShape, ChannelMatch[]> _matches;

    public SlackMatcherSnapshot(IReadOnlyList<SlackListener> listeners, IStringLocalizer<SlackText> texts)
    {
        _listeners = listeners;
        _byId = listeners.ToDictionary(listener => listener.Channel.Id);
        _texts = texts;
        _matches = Shapes.ToDictionary(shape => shape, shape => MatchesOf(shape.Example()));
    }

    public IEnumerable<ChannelMatch> Match(EventRecord record) => _matches[EventShape.Of(record)];

    public IEnumerable<ChannelDistance> Measure(EventRecord record) => _listeners.Select(listener => new ChannelDistance(
        listener.Channel, listener.Name, SlackMatching.CountFailed(listener.Switches, record) ?? ChannelDistance.OfOtherKind));

    public ChannelExplanation? Explain(EventRecord record, int channelId) => !_byId.TryGetValue(channelId, out var listener) ? null
        : new ChannelExplanation(
            listener.Channel,
            listener.Name,
            SlackMatching.Decide(listener.Switches, record).Hears,
            SlackMatching.Explain(listener.Switches, record, _texts));

    public IEnumerable<ChannelCover> Cover(EventClass events)
    {
        var shapes = EventShape.OfClass(events);
        return shapes is [var only]
            ? _matches[only].Select(match => new ChannelCover(match.Channel, IsWhole: true))
            : shapes.SelectMany(shape => _matches[shape]).CountBy(match => match.Channel)
                .Select(found => new ChannelCover(found.Key, found.Value == shapes.Length));
    }

    private ChannelMatch[] MatchesOf(EventRecord example) =>
    [
        .. _listeners
            .Select(listener => (listener.Channel, SlackMatching.Decide(listener.Switches, example).Reason))
            .Where(match => match.Reason is not null)
            .Select(match => new ChannelMatch(match.Channel, match.Reason!)),
    ];

    private readonly record struct EventShape(string Type, string? Trigger, SlackAvgThreat? Threat)
    {
        public static readonly EventShape Other = new("", null, null);

        public static EventShape Of(EventRecord record) => record.Type switch
        {
            "scan.started" when record.Fields.Trigger is "schedule" or "queue" => new(record.Type, record.Fields.Trigger, null),
            "scan.completed" or "scan.aborted" => new(record.Type, null, SlackMatching.ThreatOf(record)),
            "scan.stopped" or "scan.deleted" or "scan.paused" or "scan.resumed" => new(record.Type, null, null),
            _ => Other,
        };

        // A finished scan of a severity that its average threat cannot have names none.
        public static EventShape[] OfClass(EventClass events) => events.Type switch
        {
            "scan.started" => [new(events.Type, "schedule", null), new(events.Type, "queue", null), Other],
            "scan.completed" or "scan.aborted" => [new(events.Type, null,
                SlackAvgThreats.TryParse(events.Severity.ToString(), out var threat) ? threat : null)],
            "scan.stopped" or "scan.deleted" or "scan.paused" or "scan.resumed" => [new(events.Type, null, null)],
            _ => [Other],
        };

        public EventRecord Example() => new(
            0, "", "", Type, DateTimeOffset.UnixEpoch, Severity.NotStated,
            new EventFields { Trigger = Trigger, AvgThreat = Threat?.ToString() });
    }
}

/// <summary>One integration as the matcher needs it.</summary>
internal sealed record SlackListener(ChannelKey Channel, string Name, SlackSwitches Switches);
