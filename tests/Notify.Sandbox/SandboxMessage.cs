using System.Text.Json;
using System.Text.Json.Serialization;

namespace Notify.Sandbox;

/// <summary>A message that the pretended vendor accepted.</summary>
public sealed class SandboxMessage
{
    private readonly ReadOnlyMemory<byte> _json;
    private readonly CallTarget _origin;
    private readonly Lazy<JsonElement> _body;
    private readonly Lazy<string> _text;
    private readonly Lazy<IReadOnlyList<string>> _mentions;

    internal SandboxMessage(long index, DateTimeOffset time, CallTarget origin, string? destinationName, string? id,
        ReadOnlyMemory<byte> json, string? thread = null, bool isUpdate = false)
    {
        Index = index;
        Time = time;
        DestinationName = destinationName;
        Id = id;
        Thread = thread;
        IsUpdate = isUpdate;
        _origin = origin;
        _json = json;

        // Read on demand: thousands may arrive each second that nobody looks at.
        _body = new Lazy<JsonElement>(Parse);
        _text = new Lazy<string>(() => MessageText.Render(Target, Body));
        _mentions = new Lazy<IReadOnlyList<string>>(() => MessageText.Mentions(Target, Body));
    }

    /// <summary>Counts up from 1, never reused.</summary>
    public long Index { get; }
    public DateTimeOffset Time { get; }
    public SandboxTarget Target => _origin.Target;

    /// <summary>Slack channel id or robot name.</summary>
    public string Destination => _origin.Destination ?? "";

    /// <summary>How a person calls it: <c>#alerts</c>, or the robot's name.</summary>
    public string? DestinationName { get; }

    /// <summary>The last four characters of the credential.</summary>
    public string? Token => _origin.TokenEnd;

    /// <summary>Slack's <c>ts</c>; DingTalk gives none.</summary>
    public string? Id { get; }

    /// <summary>Slack's <c>ts</c> of the message that this one answers; null for one in the channel itself.</summary>
    public string? Thread { get; }

    /// <summary>The person to whom alone it is shown; null for one that everybody in the channel sees.</summary>
    public string? OnlyFor { get; internal init; }

    /// <summary>It changed the message that has its <see cref="Id"/>.</summary>
    public bool IsUpdate { get; }

    /// <summary>What a person would read, without markup.</summary>
    public string Text => _text.Value;

    /// <summary>Who would be notified by name: <c>@channel</c>, <c>@U…</c>, mobile numbers, <c>@all</c>.</summary>
    public IReadOnlyList<string> Mentions => _mentions.Value;

    /// <summary>The request body as JSON (form fields as an object), without the credential.</summary>
    public JsonElement Body => _body.Value;

    /// <summary>The same as text, exactly as it came where it came as JSON.</summary>
    [JsonIgnore]
    public string RawBody => System.Text.Encoding.UTF8.GetString(_json.Span);

    /// <summary>True when it went to that channel (id or name) or robot (name or full token).</summary>
    public bool WentTo(string destination) => _origin.Answers(destination);

    private JsonElement Parse()
    {
        using var document = JsonDocument.Parse(_json);
        return document.RootElement.Clone();
    }
}
