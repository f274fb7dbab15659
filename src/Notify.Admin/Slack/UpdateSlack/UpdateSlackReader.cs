using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>Reads a body of <c>POST /api/UpdateSlack</c>. Checks come in the order JSON, types, required fields, allowed values; within
/// one check, in the order of the fields in the vendor's page. The first failure is the answer.</summary>
/// <remarks>Null in a required field is a missing field, null in an optional one an omitted field. Fields are told apart by exact case. One
/// that is given twice is not valid, since what it says depends on the reader; nor is an unknown one that looks like a switch
/// (<c>slack…</c>, <c>on_…</c>, in any case): it would have no effect, and success would be a lie. Other unknown ones are
/// ignored.</remarks>
internal static class UpdateSlackReader
{
    /// <summary>The largest body that is read.</summary>
    public const int MaxBytes = 1024 * 1024;

    // The vendor's order; every value is text or a flag.
    private static readonly Field[] Fields =
    [
        new("apiKey", IsText: true, IsRequired: true, text => text.Length > 0),
        new("channelId", IsText: true, IsRequired: true, SlackChannelId.IsWellFormed),
        new("slackToken", IsText: true, IsRequired: true, SlackToken.IsWellFormed),
        new("slackAvgThreat", IsText: true, IsRequired: false, text => SlackAvgThreats.TryParse(text, out _)),
        Flag("slackNotify"),
        Flag("slackStartFromSchedule"),
        Flag("slackStartFromQueue"),
        Flag("slackCompleteAborted"),
        Flag("slackDelete"),
        Flag("slackStop"),
        Flag("slackAborted"),
        Flag("slackPause"),
        Flag("slackUnpause"),
        Flag("on_high"),
        Flag("on_medium"),
        Flag("on_low"),
        Flag("on_informative"),
    ];

    public static UpdateSlackReading Read(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MaxBytes)
        {
            return Refuse(UpdateSlackAnswer.TooLarge);
        }

        var json = body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
        if (!Utf8.IsValid(json.Span))
        {
            return Refuse(UpdateSlackAnswer.NotValidJson);
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement)
                : Refuse(UpdateSlackAnswer.NotValidJson);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half a surrogate pair, in a name or a value.
            return Refuse(UpdateSlackAnswer.NotValidJson);
        }
    }

    private static UpdateSlackReading Read(JsonElement root)
    {
        var given = Collect(root);
        if (Check(given) is { } error)
        {
            return Refuse(error);
        }

        if (root.EnumerateObject().Select(member => member.Name).FirstOrDefault(IsUnknownSwitch) is { } unknown)
        {
            return Refuse(UpdateSlackAnswer.NotValid(PlainText.Shorten(unknown, 60)));
        }

        return UpdateSlackSeverities.Read(name => given.GetValueOrDefault(name)?[0] as bool?, out var threshold) is { } refusal
            ? Refuse(refusal)
            : new UpdateSlackReading(Create(given, threshold), null);
    }

    /// <summary>The values of each known field; more than one where it is given twice.</summary>
    private static Dictionary<string, List<object?>> Collect(JsonElement root)
    {
        var given = new Dictionary<string, List<object?>>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            if (Fields.FirstOrDefault(field => property.NameEquals(field.Name)) is not { } known)
            {
                continue;
            }

            if (!given.TryGetValue(known.Name, out var values))
            {
                given[known.Name] = values = [];
            }

            values.Add(property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString(),
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Null => null,
                _ => WrongType.Value,
            });
        }

        return given;
    }

    private static UpdateSlackAnswer? Check(Dictionary<string, List<object?>> given)
    {
        foreach (var field in Fields)
        {
            if (Values(given, field).Any(value => value is not null && (field.IsText ? value is not string : value is not bool)))
            {
                return UpdateSlackAnswer.WrongType(field.Name);
            }
        }

        foreach (var field in Fields)
        {
            if (field.IsRequired && Values(given, field).All(value => value is null))
            {
                return UpdateSlackAnswer.Missing(field.Name);
            }
        }

        foreach (var field in Fields)
        {
            var values = Values(given, field);
            if (values.Count > 1 || values.Any(value => value is string text && !(PlainText.Is(text) && field.IsAllowed(text))))
            {
                return UpdateSlackAnswer.NotValid(field.Name);
            }
        }

        return null;
    }

    private static bool IsUnknownSwitch(string name) =>
        (name.StartsWith("slack", StringComparison.OrdinalIgnoreCase) || name.StartsWith("on_", StringComparison.OrdinalIgnoreCase))
        && !Fields.Any(field => field.Name == name);

    /// <param name="threshold">From the newer form's switches; null without them.</param>
    private static UpdateSlackRequest Create(Dictionary<string, List<object?>> given, SlackAvgThreat? threshold)
    {
        return new UpdateSlackRequest
        {
            ApiKey = Text("apiKey")!,
            ChannelId = Text("channelId")!,
            SlackToken = Text("slackToken")!,
            SlackAvgThreat = SlackAvgThreats.TryParse(Text("slackAvgThreat"), out var threat) ? threat : threshold,
            SlackNotify = Bool("slackNotify"),
            SlackStartFromSchedule = Bool("slackStartFromSchedule"),
            SlackStartFromQueue = Bool("slackStartFromQueue"),
            SlackCompleteAborted = Bool("slackCompleteAborted"),
            SlackDelete = Bool("slackDelete"),
            SlackStop = Bool("slackStop"),
            SlackAborted = Bool("slackAborted"),
            SlackPause = Bool("slackPause"),
            SlackUnpause = Bool("slackUnpause"),
        };

        string? Text(string name) => given.GetValueOrDefault(name)?[0] as string;
        bool? Bool(string name) => given.GetValueOrDefault(name)?[0] as bool?;
    }

    private static List<object?> Values(Dictionary<string, List<object?>> given, Field field) => given.GetValueOrDefault(field.Name) ?? [];

    private static UpdateSlackReading Refuse(UpdateSlackAnswer error) => new(null, error);

    private static Field Flag(string name) => new(name, IsText: false, IsRequired: false, _ => true);

    private sealed record Field(string Name, bool IsText, bool IsRequired, Func<string, bool> IsAllowed);

    /// <summary>Stands for a number, an array or an object.</summary>
    private sealed class WrongType
    {
        public static readonly WrongType Value = new();
    }
}
