using System.Text.Json;
using System.Text.RegularExpressions;

namespace Notify.Admin.Sources;

/// <summary>A message for a Slack webhook as it can be posted to any channel: what is said, and nothing of where, as whom or in which
/// thread; and without mentions where they are not let through.</summary>
internal static partial class SlackMessage
{
    private static readonly string[] Said = ["text", "mrkdwn", "blocks", "attachments", "unfurl_links", "unfurl_media"];

    /// <param name="message">Checked by <see cref="SlackWebhookRequest"/>.</param>
    public static string Copy(JsonElement message, bool letsMentions) => MessageCopy.Of(json =>
    {
        foreach (var name in letsMentions ? [.. Said, "link_names"] : Said)
        {
            if (message.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
            {
                json.WritePropertyName(name);
                MessageCopy.Write(json, value, letsMentions ? MessageCopy.AsItIs : WithoutMentions);
            }
        }
    });

    private static bool WithoutMentions(Utf8JsonWriter json, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            json.WriteStringValue(Mention().Replace(value.GetString()!,
                match => Name(match.Groups["who"].Value, match.Groups["label"].Value)));
            return true;
        }

        // Rich text has mentions as elements.
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("type", out var type)
            && type.ValueKind == JsonValueKind.String && type.GetString() is "user" or "usergroup" or "broadcast" or "team"
            && !value.TryGetProperty("elements", out _))
        {
            json.WriteStartObject();
            json.WriteString("type", "text");
            json.WriteString("text", value.TryGetProperty("range", out var range) && range.ValueKind == JsonValueKind.String
                ? $"@{range.GetString()}" : "@…");
            json.WriteEndObject();
            return true;
        }

        return false;
    }

    private static string Name(string who, string label) => label.Length > 0 ? label
        : who.StartsWith('!') && !who.Contains('^', StringComparison.Ordinal) ? $"@{who[1..]}" : "@…";

    // Not <!date^…>, which is a time in the reader's zone.
    [GeneratedRegex(@"<(?<who>!(?!date\^)[^<>|]*|@[^<>|]*)(?:\|(?<label>[^<>]*))?>", RegexOptions.CultureInvariant)]
    private static partial Regex Mention();
}
