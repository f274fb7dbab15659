using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Notify.Admin.Sources;

/// <summary>A source, without its key and secret.</summary>
/// <param name="Address">Where its tool posts, with the key masked; whole only in the answer that made the key. Null for a kind that is
/// read.</param>
/// <param name="Mentions">Whether mentions in its messages are let through; null for kinds that post no messages.</param>
public sealed record SourceAnswer(
    [property: JsonPropertyName("id")] int Id,
    [property: JsonPropertyName("address")] string? Address,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("channels")] IReadOnlyList<SourceChannel> Channels,
    [property: JsonPropertyName("auth")] string Auth,
    [property: JsonPropertyName("signature_header")] string? SignatureHeader,
    [property: JsonPropertyName("signature_algorithm")] string? SignatureAlgorithm,
    [property: JsonPropertyName("allowed_addresses")] IReadOnlyList<string> AllowedAddresses,
    [property: JsonPropertyName("per_minute")] int PerMinute,
    [property: JsonPropertyName("is_on")] bool IsOn,
    [property: JsonPropertyName("mapping")] string? Mapping,
    [property: JsonPropertyName("mentions")] bool? Mentions,
    [property: JsonPropertyName("account")] int? Account,
    [property: JsonPropertyName("types")] IReadOnlyList<SourceType>? Types,
    [property: JsonPropertyName("from_hours")] int? FromHours,
    [property: JsonPropertyName("language")] string? Language,
    [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt,
    [property: JsonPropertyName("old_key_ends_at")] DateTimeOffset? OldKeyEndsAt,
    [property: JsonPropertyName("last_received_at")] DateTimeOffset? LastReceivedAt,
    [property: JsonPropertyName("last_refused_at")] DateTimeOffset? LastRefusedAt,
    [property: JsonPropertyName("last_refusal")] string? LastRefusal,
    [property: JsonPropertyName("unmapped")] long Unmapped)
{
    /// <param name="key">Null: it is masked.</param>
    internal static SourceAnswer Of(Source source, string origin, string? key = null) => new(
        source.Id,
        SourceKinds.IsPolled(source.Kind) ? null
            : origin + (key is null ? SourceAddress.MaskedPathOf(source) : SourceAddress.PathOf(source.Kind, key)),
        source.Name,
        source.Kind,
        [.. BoundChannels.Read(source.Channels).Select(channel => new SourceChannel(BoundChannels.Word(channel.Kind), channel.Id))],
        SourceWords.Of(source.Proof),
        source.Proof == SourceProof.Hmac ? source.SignatureHeader : null,
        source.Proof == SourceProof.Hmac ? SourceWords.Of(source.SignatureAlgorithm) : null,
        Sources.AllowedAddresses.Split(source.AllowedAddresses),
        source.PerMinute,
        source.IsOn,
        source.Mapping,
        SourceKinds.IsRobot(source.Kind) ? source.LetsMentions : null,
        source.AccountId,
        SourceKinds.IsPolled(source.Kind) ? [.. PollPlan.Read(source.Polls).Select(poll => new SourceType(poll.Type, poll.Minutes))] : null,
        SourceKinds.IsPolled(source.Kind) ? source.PollFromHours : null,
        SourceKinds.IsPolled(source.Kind) ? source.PollLanguage : null,
        source.CreatedAt,
        source.PreviousKeyEndsAt,
        source.LastReceivedAt,
        source.LastRefusedAt,
        StoredReasons.Read(source.LastRefusal)?.English,
        source.Unmapped);
}

/// <summary>How the reading of one type of alert stands.</summary>
/// <param name="Found">New alerts of the last poll.</param>
/// <param name="Trouble">Why the last call failed, or what else is to be said.</param>
public sealed record PollAnswer(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("minutes")] int Minutes,
    [property: JsonPropertyName("last_at")] DateTimeOffset? LastAt,
    [property: JsonPropertyName("completed_at")] DateTimeOffset? CompletedAt,
    [property: JsonPropertyName("next_at")] DateTimeOffset? NextAt,
    [property: JsonPropertyName("found")] int Found,
    [property: JsonPropertyName("is_paused")] bool IsPaused,
    [property: JsonPropertyName("trouble")] string? Trouble)
{
    public static PollAnswer Of(PollView poll) => new(poll.Type, poll.Minutes, poll.Last, poll.Completed, poll.Next, poll.Found,
        poll.IsPaused, poll.Trouble?.English);
}

public sealed record PollsAnswer([property: JsonPropertyName("items")] IReadOnlyList<PollAnswer> Items);

public sealed record SourcesAnswer([property: JsonPropertyName("items")] IReadOnlyList<SourceAnswer> Items);

/// <summary>One of a source's last payloads, without secrets.</summary>
public sealed record PayloadAnswer(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("received_at")] DateTimeOffset ReceivedAt,
    [property: JsonPropertyName("content_type")] string? ContentType,
    [property: JsonPropertyName("headers")] JsonNode? Headers,
    [property: JsonPropertyName("body")] string Body,
    [property: JsonPropertyName("is_cut")] bool IsCut,
    [property: JsonPropertyName("accepted")] int Accepted,
    [property: JsonPropertyName("duplicates")] int Duplicates,
    [property: JsonPropertyName("unmapped")] int Unmapped,
    [property: JsonPropertyName("problems")] IReadOnlyList<string> Problems)
{
    public static PayloadAnswer Of(KeptPayload payload) => new(payload.Id, payload.ReceivedAt, payload.ContentType,
        ReadHeaders(payload.Headers), payload.Body, payload.IsCut, payload.Accepted, payload.Duplicates, payload.Unmapped,
        [.. SourceEvents.Lines(StoredReasons.ReadProblems(payload.Problems))]);

    // Masking what looks like a secret may have masked a quote.
    private static JsonNode? ReadHeaders(string headers)
    {
        try
        {
            return JsonNode.Parse(headers);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

public sealed record PayloadsAnswer([property: JsonPropertyName("items")] IReadOnlyList<PayloadAnswer> Items);

/// <summary>A mapping that a source was saved with.</summary>
/// <param name="Mapping">As the change of a source takes it.</param>
/// <param name="IsBuiltIn">Whether it was the kind's own, which the source then follows from build to build.</param>
public sealed record MappingVersionAnswer(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("saved_at")] DateTimeOffset SavedAt,
    [property: JsonPropertyName("saved_by")] string SavedBy,
    [property: JsonPropertyName("note")] string? Note,
    [property: JsonPropertyName("is_built_in")] bool IsBuiltIn,
    [property: JsonPropertyName("mapping")] string? Mapping)
{
    internal static MappingVersionAnswer Of(MappingVersion version, string kind) => new(version.Id, version.At, version.By, version.Note,
        version.Mapping is null, MappingVersionService.TextOf(version, kind));
}

public sealed record MappingVersionsAnswer([property: JsonPropertyName("items")] IReadOnlyList<MappingVersionAnswer> Items);
