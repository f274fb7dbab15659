using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;
using Notify.Admin.Security;
using Notify.Admin.Sources;

namespace Notify.Admin.WhereTo;

/// <summary>Says where an event would go, by the rules of intake and the gates of sending. Stores and queues nothing.</summary>
internal sealed class WhereToService(
    EventStore events, DeliveryStore deliveries, CurrentRules rules, OpenProblemStore problems, SourceService sources,
    ForecastStore forecasts, ChannelDirectory directory, IEnumerable<IChannel> channels, TimeProvider time)
{
    private const int MostTold = 50;

    private readonly Dictionary<ChannelKind, IChannel> _channels = channels.ToDictionary(channel => channel.Kind);

    /// <summary>A stored event, to be asked about as if it came again; to rules that ask for new events it is as new as it was. Null when
    /// there is none.</summary>
    public async Task<AskedEvent?> FindAsync(long rowId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        if (await events.FindAsync(rowId, cancellationToken) is not var (row, stored))
        {
            return null;
        }

        var source = stored.SourceId is { } id ? await sources.FindAsync(id, actor, cancellationToken) : null;
        return new AskedEvent(EventPayload.ToRecord(stored), row.Event,
            stored.Source == ProductEvent.Source ? await ToldAsync(rowId, cancellationToken) : BoundTo(source, stored.Type),
            NameOf(source));
    }

    /// <summary>An event that is typed, as if it came in by a source.</summary>
    /// <param name="sourceId">Null for <c>/api/events</c>.</param>
    /// <returns>The event, or null and everything that is wrong with what is typed.</returns>
    public async Task<(AskedEvent? Asked, IReadOnlyList<TypedProblem> Problems)> ReadAsync(
        string typed, int? sourceId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var (parsed, problems) = TypedEvent.Read(typed);
        if (parsed is null)
        {
            return (null, problems);
        }

        var source = sourceId is { } id ? await sources.FindAsync(id, actor, cancellationToken) : null;
        var record = (parsed with { SourceId = source?.Id }).ToRecord(time.GetUtcNow());
        var summary = new EventSummary(0, record.Id, record.Source, record.Type, record.Time, record.Severity, record.Fields.Title,
            record.Fields.Asset ?? record.Fields.Target);
        return (new AskedEvent(record, summary, BoundTo(source, record.Type), NameOf(source)), []);
    }

    public async Task<WhereToAnswer> AskAsync(AskedEvent asked, WhereToQuery query, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var current = await rules.ReadAsync(cancellationToken);
        asked = asked with { Record = await rules.KnowAsync(current, asked.Record, cancellationToken) };
        var audience = Audience.Of(current.Values, asked.Record, asked.AlsoTo.Select(match => match.Channel).ToHashSet(), query.Search,
            query.Sent, query.Missed);
        return new WhereToAnswer(asked,
            new(await SentAsync(asked, audience.SentRows, current, cancellationToken), query.Sent, audience.SentFound, audience.Sent),
            new([.. audience.MissedRows.Select(channel => Missed(channel, current[channel.Channel.Kind].Explain(asked.Record,
                channel.Channel.Id)))], query.Missed, audience.MissedFound, audience.Missed));
    }

    /// <summary>The message as the channel would send it now. Null when the channel has been deleted.</summary>
    public async Task<DrawnMessage?> DrawAsync(AskedEvent asked, ChannelKey channel, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        const string Example = "D-EXAMPLE";
        if (await _channels[channel.Kind].FindAsync(channel.Id, cancellationToken) is not { } destination)
        {
            return null;
        }

        var message = new ChannelMessage(MessagePurpose.Event, Example, time.GetUtcNow(), [new MessageItem(0, Example, asked.Record)]);
        return DrawnMessage.Of(destination, _channels[channel.Kind].Compose(destination, message)[0], asked.Record.Posted is not null);
    }

    private async Task<IReadOnlyList<SentChannel>> SentAsync(AskedEvent asked, IReadOnlyList<ChannelDistance> rows,
        IReadOnlyDictionary<ChannelKind, IMatcherSnapshot> current, CancellationToken cancellationToken)
    {
        var shown = rows.Select(row => row.Channel).ToHashSet();
        // The reasons of rules stand before those of bindings, as at intake.
        var reasons = current.Values.SelectMany(snapshot => snapshot.Match(asked.Record)).Concat(asked.AlsoTo)
            .Where(match => shown.Contains(match.Channel)).DistinctBy(match => match.Channel)
            .ToDictionary(match => match.Channel, match => match.Reason);
        Dictionary<ChannelKey, Destination> destinations = [];
        foreach (var channel in shown)
        {
            if (await _channels[channel.Kind].FindAsync(channel.Id, cancellationToken) is { } destination)
            {
                destinations[channel] = destination;
            }
        }

        var inhibited = shown.Count == 0 ? null : await problems.FindAsync(asked.Record, cancellationToken);
        var when = inhibited is not null
            ? shown.ToDictionary(channel => channel, _ => new SendingForecast(SendingTime.Inhibited) { Inhibited = inhibited })
            : await forecasts.ForecastAsync(destinations.Values, asked.Record, cancellationToken);
        return [.. rows.Select(row =>
        {
            // Without a destination its workspace is gone, and sending would skip it.
            var forecast = when.GetValueOrDefault(row.Channel) ?? new SendingForecast(SendingTime.Off);
            return new SentChannel(row.Channel, row.Name,
                reasons.TryGetValue(row.Channel, out var reason) ? directory.DescribeMatch(row.Channel.Kind, reason) : "", forecast,
                forecast.Code is { } code ? directory.ExplainCode(row.Channel.Kind, code, null)?.Meaning : null);
        })];
    }

    private static MissedChannel Missed(ChannelDistance channel, ChannelExplanation? explanation) =>
        new(channel.Channel, channel.Name, channel.IsNear, explanation?.Conditions ?? []);

    // The trouble of a channel is told to its fallback, whatever that hears.
    private async Task<IReadOnlyList<ChannelMatch>> ToldAsync(long rowId, CancellationToken cancellationToken) =>
        [.. (await deliveries.OfEventAsync(rowId, MostTold, cancellationToken))
            .Where(delivery => directory.IsToldRegardless(delivery.MatchReason))
            .Select(delivery => new ChannelMatch(delivery.Channel, delivery.MatchReason))];

    private static IReadOnlyList<ChannelMatch> BoundTo(Source? source, string type) =>
        source is null || type == UnmappedEvent.Type ? [] : SourceEvents.BoundTo(source);

    private static EventSourceName? NameOf(Source? source) => source is null ? null : new EventSourceName(source.Id, source.Name);
}
