using System.Text;
using System.Text.Json;

namespace Notify.Admin.Sources;

/// <summary>Maps a payload by the rules of its source: the same when it comes, when it is tried and when it is mapped again.</summary>
internal sealed class SourceMapper(SourceKinds kinds, TimeProvider time)
{
    /// <param name="mapping">The source's own, or one that is tried; null for the kind's.</param>
    /// <param name="document">The body as JSON; null where it is none.</param>
    public MappedPayload Map(Source source, string? mapping, string? contentType, Func<string, string?> header, byte[] body,
        JsonDocument? document)
    {
        if (document is null)
        {
            return MappedPayload.Unmapped(new MappingProblem(null, "body", new Reason("NotJson")));
        }

        return kinds.Find(source.Kind)?.Map(new SourcePayload(contentType, header, body, document.RootElement, time.GetUtcNow())
        {
            Mapping = mapping,
        }) ?? MappedPayload.Unmapped(new MappingProblem(null, "kind", new Reason("KindUnknown", source.Kind)));
    }

    public MappedPayload Map(Source source, string? mapping, SamplePayload payload, JsonDocument? document) => Map(
        source, mapping, payload.ContentType, name => payload.Headers.GetValueOrDefault(name), Encoding.UTF8.GetBytes(payload.Body),
        document);
}
