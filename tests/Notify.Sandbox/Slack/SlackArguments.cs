using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace Notify.Sandbox.Slack;

/// <summary>A call's arguments, from query, form or JSON body alike.</summary>
internal sealed class SlackArguments
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private byte[]? _wholeBody;

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>The names that end in <c>[]</c>, which Slack does not accept.</summary>
    public bool HasBracketedName => _values.Keys.Any(name => name.EndsWith("[]", StringComparison.Ordinal));

    /// <summary>As text; null when absent, null or an empty string.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
            JsonValueKind.Null => null,
            _ => value.GetRawText(),
        }
        : null;

    public bool Flag(string name) => Text(name) is "true" or "1";

    /// <returns>False when it is there but not a whole number from 0.</returns>
    public bool TryNumber(string name, int otherwise, out int number)
    {
        number = otherwise;
        return Text(name) is not { } text || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>A list, from a JSON array or a comma-joined string; null when absent.</summary>
    public IReadOnlyList<string>? List(string name)
    {
        if (!_values.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.ToString())]
            : value.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>A structure, from the JSON body or from a form field that holds JSON.</summary>
    /// <returns>False when the field holds something else.</returns>
    public bool TryJson(string name, out JsonElement? json)
    {
        json = null;
        if (!_values.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            json = value;
            return true;
        }

        if (value.GetString() is not { Length: > 0 } text)
        {
            return true;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            json = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>All of them as one JSON object, structures unfolded, without the credential.</summary>
    /// <param name="text">What to put for <c>text</c>, where it was shortened.</param>
    public byte[] ToJson(string? text = null)
    {
        if (_wholeBody is not null && text is null)
        {
            return _wholeBody;
        }

        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = Answer.Readable.Encoder }))
        {
            writer.WriteStartObject();
            foreach (var name in _values.Keys.Where(name => name is not ("token" or "refresh_token")))
            {
                writer.WritePropertyName(name);
                if (name == "text" && text is not null)
                {
                    writer.WriteStringValue(text);
                    continue;
                }

                var unfolded = name is "blocks" or "attachments" or "metadata" && TryJson(name, out var json) ? json : null;
                (unfolded ?? _values[name]).WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return bytes.ToArray();
    }

    public void Add(IEnumerable<KeyValuePair<string, StringValues>> pairs)
    {
        foreach (var (name, value) in pairs)
        {
            _values[name] = JsonSerializer.SerializeToElement(value.ToString());
            _wholeBody = null;
        }
    }

    /// <returns>Null when it is an object, else Slack's error code.</returns>
    public string? AddJson(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return "json_not_object";
            }

            // Kept as it came, unless there is a credential in it or other arguments beside it.
            _wholeBody = _values.Count == 0 && !document.RootElement.TryGetProperty("token", out _)
                && !document.RootElement.TryGetProperty("refresh_token", out _) ? body : null;
            foreach (var member in document.RootElement.Clone().EnumerateObject())
            {
                _values[member.Name] = member.Value;
            }

            return null;
        }
        catch (JsonException)
        {
            return "invalid_json";
        }
    }
}
