using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Notify.Admin.Channels;
using Notify.Admin.Events;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>Makes CloudEvents of what a payload became. An event's identity is within its source, whatever the source is called.</summary>
internal static class SourceEvents
{
    public static ParsedEvent Of(Source source, MappedEvent mapped, JsonElement? original) =>
        Build(source, mapped.Id, mapped.Kind, mapped.Time, BoundTo(source), data =>
        {
            data.WriteString("title", mapped.Title);
            Optional(data, "message", mapped.Text);
            if (mapped.Severity != Severity.NotStated)
            {
                data.WriteString("severity", mapped.Severity.ToString().ToLowerInvariant());
            }

            Optional(data, "asset", mapped.Asset);
            Optional(data, "group", mapped.Group);
            if (mapped.State != EventState.None)
            {
                data.WriteString("state", mapped.State == EventState.Open ? "open" : "resolved");
            }

            // Where more news of the same may come.
            Optional(data, "problem", mapped.Id == mapped.Identity ? null : mapped.Identity);
            Optional(data, "link", mapped.Link);
            if (mapped.Labels.Count > 0)
            {
                data.WriteStartObject("labels");
                foreach (var (name, value) in mapped.Labels)
                {
                    data.WriteString(name, value);
                }

                data.WriteEndObject();
            }

            if (original is { } element)
            {
                data.WritePropertyName("original");
                data.WriteRawValue(element.GetRawText(), skipInputValidation: true);
            }
        });

    /// <summary>An alert that was read from an account: the event that ConfigList's rules mean.</summary>
    public static ParsedEvent OfAlert(Source source, FoundAlert alert) =>
        Build(source, alert.Id, Vocabulary.Find(alert.Type)!.FullName, alert.Time, BoundTo(source), data =>
        {
            data.WriteString("title", alert.Title);
            Optional(data, "description", alert.Text);
            Optional(data, "asset", alert.Asset);
            Optional(data, "groupId", alert.GroupId);
            foreach (var (key, value) in alert.Keys)
            {
                data.WriteString(key, value);
            }

            data.WriteString("state", "open");
            data.WriteString("link", alert.Link);
            data.WriteStartObject("labels");
            foreach (var (name, value) in alert.Labels)
            {
                data.WriteString(name, value);
            }

            data.WriteEndObject();
        });

    /// <summary>A payload that is no event, or not wholly: kept whole as it came, with what mapping it again needs, and sent to nobody
    /// who did not ask for everything. The same payload again is the same event.</summary>
    public static ParsedEvent OfUnmapped(Source source, HttpRequest request, byte[] body, MappedPayload mapped) =>
        Build(source, $"unmapped-{Convert.ToHexStringLower(SHA256.HashData(body))}", UnmappedEvent.Type, null, [], data =>
        {
            data.WriteString("title", ForeignText.Line($"{source.Name}: a payload could not be mapped", 200));
            data.WriteString("message", string.Join('\n', Lines(mapped.Problems)));
            UnmappedPayload.Write(data, request, body, mapped);
        });

    /// <summary>A message for a chat. The event keeps it in each vendor's form, so that every channel can send it.</summary>
    public static ParsedEvent OfMessage(Source source, string id, PostedText message) =>
        Build(source, id, PostedMessage.EventType, null, BoundTo(source), data =>
        {
            data.WriteString("title", message.Title);
            data.WriteString("message", message.Text);
            data.WriteStartObject("posted");
            data.WritePropertyName("slack");
            data.WriteRawValue(message.Slack);
            data.WritePropertyName("dingtalk");
            data.WriteRawValue(message.DingTalk);
            data.WriteEndObject();
        });

    /// <summary>What was wrong, for people; a few of many.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<MappingProblem> problems) => problems.Take(StoredReasons.Most).Select(problem =>
        ForeignText.Line((problem.Index is { } index ? string.Create(CultureInfo.InvariantCulture, $"[{index}] ") : "")
            + $"{problem.Field}: {problem.Reason.English}", 300));

    public static IReadOnlyList<ChannelMatch> BoundTo(Source source) =>
        [.. BoundChannels.Read(source.Channels).Select(channel => new ChannelMatch(channel, "source"))];

    private static ParsedEvent Build(Source source, string id, string type, DateTimeOffset? time, IReadOnlyList<ChannelMatch> alsoTo,
        Action<Utf8JsonWriter> data)
    {
        var name = EventProblem.SourcePrefix + Uri.EscapeDataString(source.Name);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", id);
            json.WriteString("source", name);
            json.WriteString("type", type);
            if (time is { } at)
            {
                json.WriteString("time", at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
            }

            json.WriteString("datacontenttype", "application/json");
            json.WriteStartObject("data");
            data(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.ToArray());
        return new ParsedEvent(id, name, type, time, EventPayload.ReadFields(document.RootElement), document.RootElement.GetRawText())
        {
            Key = ParsedEvent.KeyOf(string.Create(CultureInfo.InvariantCulture, $"{EventProblem.SourcePrefix}{source.Id}"), id),
            SourceId = source.Id,
            AlsoTo = alsoTo,
        };
    }

    private static void Optional(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
