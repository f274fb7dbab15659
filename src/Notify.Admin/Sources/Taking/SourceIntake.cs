using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using Notify.Admin.Api;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Events;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>What came of a payload: counted after the commit, or why it is refused.</summary>
internal sealed record SourceTaking(SourceRefusal? Refusal, int Accepted = 0, int Duplicates = 0, int Unmapped = 0)
{
    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];
}

/// <summary>Takes payloads in: finds the source, checks the sender, maps, and hands the events to the ordinary intake.</summary>
internal sealed class SourceIntake(SourceDirectory directory, SourceKinds kinds, SourceActivity activity, EventIntake intake,
    KeyLimits limits, SecretProtector protector, TimeProvider time)
{
    private const int BatchLimit = 10 * 1024 * 1024;

    // What is stored has it two levels deeper, and the parser's own limit is 64.
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 60 };

    private readonly TokenBuckets _perSource = new(time);

    /// <param name="key">From the address; never logged or stored.</param>
    public async Task<SourceTaking> TakeAsync(string key, HttpContext http, CancellationToken cancellationToken)
    {
        var (source, refusal) = await FindAsync(key, http, cancellationToken);
        if (source is null)
        {
            return new SourceTaking(refusal);
        }

        var taking = refusal is null ? await TakeAsync(source, http, cancellationToken) : new SourceTaking(refusal);
        if (taking.Refusal is { } refused)
        {
            activity.Refused(source.Id, ForeignText.Line(refused.Detail, SourceMapping.LongestRefusal));
        }

        return taking;
    }

    private async Task<(Source? Source, SourceRefusal? Refusal)> FindAsync(
        string key, HttpContext http, CancellationToken cancellationToken)
    {
        var address = ClientAddress.Of(http);
        if (!limits.AdmitAddress(address, out var wait))
        {
            return (null, SourceRefusal.TooMany(wait));
        }

        var source = key.Length is 0 or > 256 ? null : await directory.FindAsync(SourceAddress.Hash(key), cancellationToken);
        if (source is null)
        {
            if (!limits.MayGuess(address, out wait))
            {
                return (null, SourceRefusal.TooMany(wait));
            }

            limits.CountFailure(address);
            return (null, SourceRefusal.UnknownKey);
        }

        if (!source.IsOn)
        {
            return (source, SourceRefusal.Off);
        }

        if (!AllowedAddresses.Allow(source.AllowedAddresses, http.Connection.RemoteIpAddress))
        {
            return (source, SourceRefusal.Address(address));
        }

        return source.PerMinute > 0 && !_perSource.TryTake($"{source.Id}", source.PerMinute / 60d, source.PerMinute, out wait)
            ? (source, SourceRefusal.TooMany(wait)) : (source, null);
    }

    private async Task<SourceTaking> TakeAsync(Source source, HttpContext http, CancellationToken cancellationToken)
    {
        var address = ClientAddress.Of(http);
        if (source.Proof != SourceProof.Key && !limits.MayGuess(address, out var wait))
        {
            return new SourceTaking(SourceRefusal.TooMany(wait));
        }

        var isCloudEvents = source.Kind == SourceKinds.CloudEvents;
        var limit = isCloudEvents && CloudEventReader.MayBeBatch(http.Request.ContentType, http.Request.Headers)
            ? BatchLimit : RequestBody.DefaultLimit;
        byte[]? body;
        try
        {
            body = await RequestBody.ReadAsync(http.Request, limit, cancellationToken, isKnown: true);
        }
        catch (BodyRefusedException e)
        {
            return new SourceTaking(new SourceRefusal(e.Status, e.Code, e.Message, e.RetryAfter));
        }

        if (body is null)
        {
            return new SourceTaking(new SourceRefusal(StatusCodes.Status413PayloadTooLarge, "too_large",
                $"The body is larger than {limit / (1024 * 1024)} MiB."));
        }

        if (SourceProofs.Check(source, Secret(source), http.Request, body) is { } wrong)
        {
            limits.CountFailure(address);
            return new SourceTaking(wrong);
        }

        return isCloudEvents ? await TakeCloudEventsAsync(source, http.Request, body)
            : await TakeMappedAsync(source, http.Request, body);
    }

    private async Task<SourceTaking> TakeCloudEventsAsync(Source source, HttpRequest request, byte[] body)
    {
        var reading = CloudEventReader.Read(request.ContentType, request.Headers, body);
        if (reading.Status != StatusCodes.Status202Accepted)
        {
            return new SourceTaking(new SourceRefusal(reading.Status,
                reading.Status switch
                {
                    StatusCodes.Status413PayloadTooLarge => "too_large",
                    StatusCodes.Status415UnsupportedMediaType => "unsupported_media_type",
                    _ => "invalid_event",
                }, reading.Detail!)) { Problems = reading.Problems };
        }

        var bound = SourceEvents.BoundTo(source);
        return await StoreAsync(source, request, body, [.. reading.Events.Select(one => one with { SourceId = source.Id, AlsoTo = bound })],
            0, []);
    }

    /// <summary>Takes a payload of a sender that has proved itself.</summary>
    internal async Task<SourceTaking> TakeMappedAsync(Source source, HttpRequest request, byte[] body)
    {
        using var document = Parse(request.ContentType, body);
        var mapped = Map(source, request, body, document);
        var unmapped = UnmappedParts(mapped);
        List<ParsedEvent> events = [.. mapped.Events.Select(one => SourceEvents.Of(source, one,
            one.Data ?? (mapped.Events.Count == 1 ? document?.RootElement : null)))];
        if (unmapped > 0)
        {
            events.Add(SourceEvents.OfUnmapped(source, body, mapped.Problems));
        }

        return await StoreAsync(source, request, body, events, unmapped, mapped.Problems);
    }

    private MappedPayload Map(Source source, HttpRequest request, byte[] body, JsonDocument? document)
    {
        if (document is null)
        {
            return MappedPayload.Unmapped(new MappingProblem(null, "body", "is not JSON that can be read"));
        }

        return kinds.Find(source.Kind)?.Map(new SourcePayload(request.ContentType,
            name => request.Headers.TryGetValue(name, out var value)
            ? value.ToString() : null, body, document.RootElement, time.GetUtcNow())
        {
            Mapping = source.Mapping,
        }) ?? MappedPayload.Unmapped(new MappingProblem(null, "kind", $"{source.Kind} is not known to this version"));
    }

    // An element without what every event has is none; what else is wrong is left out of its event, and told.
    private static int UnmappedParts(MappedPayload mapped)
    {
        if (mapped.Problems.Count == 0)
        {
            return 0;
        }

        var parts = mapped.Problems.Where(problem => problem.Index is not null && problem.Field is "title" or "kind")
            .Select(problem => problem.Index).Distinct().Count();
        return parts > 0 ? parts : mapped.Events.Count == 0 ? 1 : 0;
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

    private string? Secret(Source source)
    {
        try
        {
            return source.Secret is { } secret ? protector.Unprotect(secret) : null;
        }
        catch (SecretUnreadableException)
        {
            return null;
        }
    }

    // A form with a field "payload" is what GitHub and Slack's clients may send.
    internal static JsonDocument? Parse(string? contentType, byte[] body)
    {
        ReadOnlyMemory<byte> json = body.AsSpan().StartsWith("\uFEFF"u8) ? body.AsMemory(3) : body;
        if (!Utf8.IsValid(json.Span))
        {
            return null;
        }

        try
        {
            if (contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true)
            {
                json = Encoding.UTF8.GetBytes(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(json.Span))
                    .TryGetValue("payload", out var form)
                    ? form.ToString() : "");
            }

            var document = JsonDocument.Parse(json, Bounded);
            if (JsonText.IsWellFormed(document.RootElement))
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            return null;
        }
    }
}
