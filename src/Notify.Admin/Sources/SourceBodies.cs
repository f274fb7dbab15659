using System.Text.Json;
using System.Text.Json.Serialization;
using Notify.Admin.Api;
using Notify.Admin.Channels;

namespace Notify.Admin.Sources;

/// <summary>What making or changing a source takes. Making needs a name and a kind; changing keeps what is left out.</summary>
/// <param name="Auth"><c>key</c>, <c>bearer</c>, <c>basic</c>, <c>query</c> or <c>hmac</c>; a DingTalk robot's <c>sign</c>.</param>
/// <param name="MappingNote">What is said about a new mapping in the list of its versions.</param>
/// <param name="Mentions">Of a robot or a webhook: whether mentions in its messages are let through.</param>
/// <param name="Account">Of <c>security-center</c>: the account that alerts are read from.</param>
/// <param name="Types">Of <c>security-center</c>: what is read, and how often. All of them when it is made without.</param>
/// <param name="FromHours">Of <c>security-center</c>: how far the first poll looks back.</param>
/// <param name="Language">Of <c>security-center</c>: of titles, <c>zh</c> or <c>en</c>.</param>
public sealed record SourceBody(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("kind")] string? Kind,
    [property: JsonPropertyName("channels")] IReadOnlyList<SourceChannel>? Channels,
    [property: JsonPropertyName("auth")] string? Auth,
    [property: JsonPropertyName("secret")] string? Secret,
    [property: JsonPropertyName("signature_header")] string? SignatureHeader,
    [property: JsonPropertyName("signature_algorithm")] string? SignatureAlgorithm,
    [property: JsonPropertyName("allowed_addresses")] IReadOnlyList<string>? AllowedAddresses,
    [property: JsonPropertyName("per_minute")] int? PerMinute,
    [property: JsonPropertyName("is_on")] bool? IsOn,
    [property: JsonPropertyName("mapping")] string? Mapping,
    [property: JsonPropertyName("mapping_note")] string? MappingNote,
    [property: JsonPropertyName("mentions")] bool? Mentions,
    [property: JsonPropertyName("account")] int? Account,
    [property: JsonPropertyName("types")] IReadOnlyList<SourceType>? Types,
    [property: JsonPropertyName("from_hours")] int? FromHours,
    [property: JsonPropertyName("language")] string? Language);

/// <summary>One type of alert that is read of an account; its name alone is as good.</summary>
/// <param name="Type"><c>suspicious</c>, <c>vul</c>, <c>hc</c> or <c>ak-leakage</c>.</param>
/// <param name="Minutes">From one poll to the next; left out, as often as usual.</param>
public sealed record SourceType([property: JsonPropertyName("type")] string Type, [property: JsonPropertyName("minutes")] int? Minutes);

/// <summary>A channel that a source is bound to: <c>slack</c> or <c>dingtalk</c>, and its id.</summary>
public sealed record SourceChannel([property: JsonPropertyName("kind")] string Kind, [property: JsonPropertyName("id")] int Id);

/// <summary>What rotating a key takes.</summary>
/// <param name="GraceSeconds">So long the old key stays good; 0 ends it at once.</param>
public sealed record RotateBody([property: JsonPropertyName("grace_seconds")] int? GraceSeconds);

/// <summary>Reads the bodies of <c>/api/sources</c>.</summary>
internal static class SourceBodies
{
    public static SourceDraft ReadDraft(BodyFields fields)
    {
        var auth = fields.Text("auth");
        var proof = auth is null ? null : SourceWords.Proof(auth);
        if (auth is not null && proof is null)
        {
            fields.Refuse("auth", $"must be one of {SourceWords.ProofNames}");
        }

        var word = fields.Text("signature_algorithm");
        var algorithm = word is null ? null : SourceWords.Algorithm(word);
        if (word is not null && algorithm is null)
        {
            fields.Refuse("signature_algorithm", "must be sha256, sha1 or sha512");
        }

        return new SourceDraft
        {
            Name = fields.Text("name")?.Trim(),
            Kind = fields.Text("kind"),
            Channels = ReadChannels(fields),
            Proof = proof,
            Secret = fields.Text("secret"),
            SignatureHeader = fields.Text("signature_header"),
            SignatureAlgorithm = algorithm,
            AllowedAddresses = fields.Texts("allowed_addresses"),
            PerMinute = fields.Number("per_minute"),
            IsOn = fields.Flag("is_on"),
            Mapping = fields.Text("mapping"),
            MappingNote = fields.Text("mapping_note"),
            LetsMentions = fields.Flag("mentions"),
            AccountId = fields.Number("account"),
            Polls = ReadTypes(fields),
            PollFromHours = fields.Number("from_hours"),
            PollLanguage = fields.Text("language"),
        };
    }

    /// <summary>A merge patch (RFC 7396): null sets back to what a new source has.</summary>
    public static SourceDraft ReadPatch(BodyFields fields)
    {
        foreach (var name in (string[])["name", "kind", "secret", "signature_header", "signature_algorithm", "mentions", "account", "types",
            "from_hours", "language"])
        {
            if (fields.IsNull(name))
            {
                fields.Refuse(name, "cannot be null");
            }
        }

        var draft = ReadDraft(fields);
        return draft with
        {
            Proof = fields.IsNull("auth") ? SourceProof.Key : draft.Proof,
            Channels = fields.IsNull("channels") ? [] : draft.Channels,
            AllowedAddresses = fields.IsNull("allowed_addresses") ? [] : draft.AllowedAddresses,
            PerMinute = fields.IsNull("per_minute") ? SourceDraft.UsualPerMinute : draft.PerMinute,
            IsOn = fields.IsNull("is_on") ? true : draft.IsOn,
            Mapping = fields.IsNull("mapping") ? "" : draft.Mapping,
        };
    }

    public static RotateBody ReadRotate(BodyFields fields)
    {
        var body = new RotateBody(fields.Number("grace_seconds"));
        if (body.GraceSeconds is { } seconds && (seconds < 0 || seconds > SourceService.LongestGrace.TotalSeconds))
        {
            fields.Refuse("grace_seconds", $"must be 0 to {SourceService.LongestGrace.TotalSeconds:0}");
        }

        return body;
    }

    private static List<PlannedPoll>? ReadTypes(BodyFields fields)
    {
        if (fields.Items("types") is not { } items)
        {
            return null;
        }

        List<PlannedPoll> polls = [];
        for (var index = 0; index < items.Count; index++)
        {
            var item = items[index];
            if (item.ValueKind == JsonValueKind.String)
            {
                polls.Add(new PlannedPoll(item.GetString()!, UsualMinutes(item.GetString()!)));
            }
            else if (item.ValueKind == JsonValueKind.Object
                && item.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
                && item.EnumerateObject().All(member => member.Name is "type" or "minutes")
                && (!item.TryGetProperty("minutes", out var minutes) 
                    || minutes.ValueKind is JsonValueKind.Number or JsonValueKind.Null))
            {
                polls.Add(new PlannedPoll(type.GetString()!, minutes.ValueKind == JsonValueKind.Number
                    ? minutes.TryGetInt32(out var number) ? number : -1 : UsualMinutes(type.GetString()!)));
            }
            else
            {
                fields.Refuse($"types[{index}]", "must be a type, or {\"type\": a type, \"minutes\": a number}");
            }
        }

        if (polls.DistinctBy(poll => poll.Type).Count() != polls.Count)
        {
            fields.Refuse("types", "names a type twice");
        }

        return polls;
    }

    private static int UsualMinutes(string type) => PolledType.Find(type)?.UsualMinutes ?? PolledType.LeastMinutes;

    private static List<ChannelKey>? ReadChannels(BodyFields fields)
    {
        if (fields.Items("channels") is not { } items)
        {
            return null;
        }

        List<ChannelKey> channels = [];
        for (var index = 0; index < items.Count; index++)
        {
            if (items[index] is { ValueKind: JsonValueKind.Object } item
                && item.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String
                && BoundChannels.Kind(kind.GetString()) is { } known
                && item.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out var number)
                && item.EnumerateObject().Count() == 2)
            {
                channels.Add(new ChannelKey(known, number));
            }
            else
            {
                fields.Refuse($"channels[{index}]", "must be {\"kind\": \"slack\" or \"dingtalk\", \"id\": a number}");
            }
        }

        return channels;
    }
}
