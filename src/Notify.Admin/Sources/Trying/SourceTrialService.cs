using System.Text;
using Microsoft.Extensions.Primitives;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Events;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>Tries what a payload would become, by the mapping and the matchers that intake uses.</summary>
internal sealed class SourceTrialService(SourceMapper mapper, SourceStore store, SourceService sources,
    IEnumerable<IChannelMatcher> matchers, EarlierEvents earlier, IDeliveryDesk desk, TimeProvider time)
{
    /// <param name="mapping">Instead of the source's; null tries that.</param>
    /// <returns>Null when the source is gone.</returns>
    public async Task<PayloadTrial?> TryAsync(int id, SamplePayload payload, string? mapping, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        if (await sources.FindAsync(id, actor, cancellationToken) is not { } source)
        {
            return null;
        }

        var (events, problems, dropped) = source.Kind == SourceKinds.CloudEvents ? ReadCloudEvents(source, payload)
            : SourceKinds.IsRobot(source.Kind) ? ReadMessage(source, payload)
            : Map(source, payload, mapping ?? source.Mapping);
        if (events.Count == 0)
        {
            return new PayloadTrial([], problems, dropped);
        }

        var version = await store.RulesVersionAsync(cancellationToken);
        List<IMatcherSnapshot> snapshots = [];
        foreach (var matcher in matchers)
        {
            snapshots.Add(await matcher.GetSnapshotAsync(version, cancellationToken));
        }

        var names = (await desk.ListChannelsAsync(actor, cancellationToken)).ToDictionary(name => name.Key);
        var now = time.GetUtcNow();
        var records = await earlier.KnowAsync([.. events.Select(one => one.Parsed.ToRecord(now))],
            snapshots.Select(snapshot => snapshot.NewDays).DefaultIfEmpty().Max(), cancellationToken);
        return new PayloadTrial([.. events.Zip(records, (one, record) => new TriedEvent(
            one.Parsed.Fields.Title, one.Parsed.Type, one.Mapped,
            [.. snapshots.SelectMany(snapshot => snapshot.Match(record)).Concat(one.Parsed.AlsoTo)
                .Select(match => match.Channel).Distinct().Select(key => names.GetValueOrDefault(key)).OfType<ChannelName>()]))],
            problems, dropped);
    }

    private (IReadOnlyList<(ParsedEvent Parsed, MappedEvent? Mapped)>, IReadOnlyList<MappingProblem>, int) Map(
        Source source, SamplePayload payload, string? mapping)
    {
        using var document = payload.Parse();
        var mapped = mapper.Map(source, mapping, payload, document);
        // What an event was made of is shown beside, and goes with the document.
        return ([.. mapped.Events.Select(one => (SourceEvents.Of(source, one, null), (MappedEvent?)(one with { Data = null })))],
            mapped.Problems, mapped.Dropped);
    }

    private static (IReadOnlyList<(ParsedEvent Parsed, MappedEvent? Mapped)>, IReadOnlyList<MappingProblem>, int) ReadMessage(
        Source source, SamplePayload payload)
    {
        var (message, refusal) = RobotIntake.Read(source, payload.ContentType, Encoding.UTF8.GetBytes(payload.Body));
        return message is null ? ([], [new MappingProblem(null, "body", refusal!.Why)], 0)
            : ([(SourceEvents.OfMessage(source, "tried", message), (MappedEvent?)null)], [], 0);
    }

    private static (IReadOnlyList<(ParsedEvent Parsed, MappedEvent? Mapped)>, IReadOnlyList<MappingProblem>, int) ReadCloudEvents(
        Source source, SamplePayload payload)
    {
        var headers = new HeaderDictionary(payload.Headers.ToDictionary(
            header => header.Key, header => new StringValues(header.Value), StringComparer.OrdinalIgnoreCase));
        var reading = CloudEventReader.Read(payload.ContentType, headers, Encoding.UTF8.GetBytes(payload.Body));
        var bound = SourceEvents.BoundTo(source);
        return reading.Status == StatusCodes.Status202Accepted
            ? ([.. reading.Events.Select(one => (one with { SourceId = source.Id, AlsoTo = bound }, (MappedEvent?)null))], [], 0)
            : ([], [new MappingProblem(null, "body", SourceRefusal.Events(reading).Why)], 0);
    }
}
