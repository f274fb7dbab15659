using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <param name="Changes">From the version to what the source has now.</param>
/// <param name="Payloads">How many of the last payloads were tried: those that are kept whole.</param>
/// <param name="Different">Of how many of them something else would come.</param>
/// <param name="Unmapped">How many of them could not be mapped, wholly or in part.</param>
internal sealed record MappingComparison(IReadOnlyList<MappingChange> Changes, int Payloads, int Different, int Unmapped);

/// <summary>The mappings that a source was saved with, and what it would mean to go back to one.</summary>
internal sealed class MappingVersionService(SourceStore sources, MappingVersionStore versions, SourceMapper mapper)
{
    /// <summary>Newest first: the first is what the source has now.</summary>
    public Task<IReadOnlyList<MappingVersion>> ListAsync(int source, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return versions.ListAsync(source, cancellationToken);
    }

    /// <summary>The text of a version, as the editor has it.</summary>
    public static string TextOf(MappingVersion version, string kind) => version.Mapping ?? BuiltInMappings.Text(kind)!;

    /// <summary>How what the source has now differs from a version, and what the version would make of the last payloads.</summary>
    /// <returns>Null where the source is gone.</returns>
    public async Task<MappingComparison?> CompareAsync(MappingVersion version, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        if (await sources.FindAsync(version.SourceId, cancellationToken) is not { } source)
        {
            return null;
        }

        // Of one that was cut nobody can tell what would come of it.
        var payloads = (await sources.PayloadsAsync(source.Id, cancellationToken)).Where(payload => !payload.IsCut).ToList();
        var (different, unmapped) = (0, 0);
        foreach (var payload in payloads.Select(SamplePayload.Of))
        {
            using var document = payload.Parse();
            var then = mapper.Map(source, version.Mapping, payload, document);
            different += Same(then, mapper.Map(source, source.Mapping, payload, document)) ? 0 : 1;
            unmapped += then.UnmappedParts > 0 ? 1 : 0;
        }

        return new MappingComparison(MappingDiff.Of(Read(version.Mapping, source.Kind), Read(source.Mapping, source.Kind)),
            payloads.Count, different, unmapped);
    }

    // A text that an earlier build could read, and this one cannot, differs in everything.
    private static EventMapping Read(string? mapping, string kind) =>
        mapping is null ? BuiltInMappings.Of(kind) : MappingReader.Read(mapping).Mapping ?? EventMapping.Empty;

    private static bool Same(MappedPayload one, MappedPayload other) =>
        one.Problems.SequenceEqual(other.Problems) && one.Dropped == other.Dropped && one.Events.Count == other.Events.Count
        && one.Events.Zip(other.Events).All(pair => pair.First.IsSameAs(pair.Second));
}
