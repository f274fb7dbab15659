using System.Text.Json;

namespace Notify.Admin.Sources;

/// <summary>A kind of source: what one sender's payloads mean.</summary>
public interface ISourceKind
{
    /// <summary>As scripts write it: <c>alertmanager</c>, <c>grafana</c>.</summary>
    string Name { get; }

    /// <summary>Reads one payload. Pure and bounded; never throws for what a payload holds.</summary>
    MappedPayload Map(SourcePayload payload);
}

/// <summary>A payload as it came, within the limits of size.</summary>
/// <param name="Header">A header of the request by its name, whatever its case.</param>
/// <param name="Json">The body where it is JSON, or a form whose <c>payload</c> field is.</param>
public sealed record SourcePayload(
    string? ContentType, Func<string, string?> Header, ReadOnlyMemory<byte> Body, JsonElement? Json, DateTimeOffset ReceivedAt)
{
    /// <summary>The mapping that the source has of its own; null for the kind's.</summary>
    public string? Mapping { get; init; }
}
