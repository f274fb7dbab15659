using System.Text.Json;
using Notify.Admin.Channels;

namespace Notify.Admin.Sources;

/// <summary>One event that a payload tells of, in the fields that every kind of source fills. Texts are cleaned and cut.</summary>
/// <param name="Id">CloudEvents <c>id</c>: the same for the same news, so that a repeat is known.</param>
/// <param name="Identity">What the news is about: the same from its opening to its end.</param>
/// <param name="Kind">CloudEvents <c>type</c>, such as <c>alertmanager.alert</c>.</param>
/// <param name="Link">http or https only.</param>
/// <param name="Time">Null where the payload does not say.</param>
public sealed record MappedEvent(string Id, string Identity, string Kind, EventState State, Severity Severity, string Title, string? Text,
    string? Asset, string? Group, string? Link, DateTimeOffset? Time, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Whether they say the same, whatever they were made of.</summary>
    public bool IsSameAs(MappedEvent other) =>
        this with { Labels = other.Labels, Data = null, Index = null } == other with { Data = null, Index = null }
        && Labels.Count == other.Labels.Count && Labels.All(label => other.Labels.GetValueOrDefault(label.Key) == label.Value);

    /// <summary>The element of the payload that it was made of; null for the whole payload.</summary>
    public int? Index { get; init; }

    /// <summary>The part of the payload that the event was made of, as it came; null for the whole payload. As long as the payload is
    /// held.</summary>
    public JsonElement? Data { get; init; }
}
