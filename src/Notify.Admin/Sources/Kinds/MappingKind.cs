using System.Collections.Concurrent;

namespace Notify.Admin.Sources;

/// <summary>A kind of source that is a mapping: the one that comes with the product, or the source's own.</summary>
internal sealed class MappingKind(string name) : ISourceKind
{
    // A source's own mapping is read once for many payloads. Few are in use; a hundred texts more than that begin anew.
    private const int MostRead = 256;
    private static readonly ConcurrentDictionary<string, EventMapping?> OwnMappings = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    /// <summary>Every kind that is a mapping.</summary>
    public static IReadOnlyList<ISourceKind> All { get; } = [.. BuiltInMappings.Kinds.Select(kind => new MappingKind(kind))];

    public MappedPayload Map(SourcePayload payload)
    {
        if (payload.Json is not { } json)
        {
            return MappedPayload.Unmapped(new MappingProblem(null, "payload", new Reason("NotJson")));
        }

        return (payload.Mapping is null ? BuiltInMappings.Of(Name) : Own(payload.Mapping)) is { } mapping
            ? MappingRun.Apply(mapping, json, payload.Header)
            : MappedPayload.Unmapped(new MappingProblem(null, "mapping", new Reason("MappingMistake")));
    }

    private static EventMapping? Own(string text)
    {
        if (OwnMappings.Count > MostRead)
        {
            OwnMappings.Clear();
        }

        return OwnMappings.GetOrAdd(text, static text => MappingReader.Read(text).Mapping);
    }
}
