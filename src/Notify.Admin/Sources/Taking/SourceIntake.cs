using Notify.Admin.Api;
using Notify.Admin.Events;

namespace Notify.Admin.Sources;

/// <summary>Takes payloads in: maps what has passed the gate, and hands the events to the ordinary intake.</summary>
internal sealed class SourceIntake(SourceGate gate, SourceMapper mapper, SourceActivity activity, EventIntake intake, TimeProvider time)
{
    /// <param name="key">From the address; never logged or stored.</param>
    public Task<SourceTaking> TakeAsync(string key, HttpContext http, CancellationToken cancellationToken) => gate.PassAsync(
        key,
        kind => !SourceKinds.IsRobot(kind) && !SourceKinds.IsPolled(kind),
        http,
        source => source.Kind == SourceKinds.CloudEvents ? CloudEventReader.LimitOf(http.Request.ContentType, http.Request.Headers)
            : RequestBody.DefaultLimit,
        (source, body) => source.Kind == SourceKinds.CloudEvents ? TakeCloudEventsAsync(source, http.Request, body)
            : TakeMappedAsync(source, http.Request, body),
        cancellationToken);

    private async Task<SourceTaking> TakeCloudEventsAsync(Source source, HttpRequest request, byte[] body)
    {
        var reading = CloudEventReader.Read(request.ContentType, request.Headers, body);
        if (reading.Status != StatusCodes.Status202Accepted)
        {
            return new SourceTaking(SourceRefusal.Events(reading)) { Problems = reading.Problems };
        }

        var bound = SourceEvents.BoundTo(source);
        return await StoreAsync(source, request, body, [.. reading.Events.Select(one => one with { SourceId = source.Id, AlsoTo = bound })],
            0, []);
    }

    /// <summary>Takes a payload of a sender that has proved itself.</summary>
    internal async Task<SourceTaking> TakeMappedAsync(Source source, HttpRequest request, byte[] body)
    {
        using var document = PayloadJson.Parse(request.ContentType, body);
        var mapped = mapper.Map(source, source.Mapping, request.ContentType,
            name => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null, body, document);
        var unmapped = mapped.UnmappedParts;
        List<ParsedEvent> events = [.. mapped.Events.Select(one => SourceEvents.Of(source, one,
            one.Data ?? (mapped.Events.Count == 1 ? document?.RootElement : null)))];
        if (unmapped > 0)
        {
            events.Add(SourceEvents.OfUnmapped(source, request, body, mapped));
        }

        return await StoreAsync(source, request, body, events, unmapped, mapped.Problems);
    }

    private async Task<SourceTaking> StoreAsync(Source source, HttpRequest request, byte[] body, IReadOnlyList<ParsedEvent> events,
        int unmapped, IReadOnlyList<MappingProblem> problems)
    {
        var result = await intake.AcceptAsync(events);
        if (result.IsBusy)
        {
            return new SourceTaking(SourceRefusal.StoreBusy);
        }

        // The event of what is unmapped is counted as that.
        var accepted = unmapped > 0 && result.Accepted > 0 ? result.Accepted - 1 : result.Accepted;
        activity.Took(source.Id,
            TakenPayload.Of(request, body, time.GetUtcNow(), accepted, result.Duplicates, unmapped, problems));
        return new SourceTaking(null, accepted, result.Duplicates, unmapped);
    }
}
