namespace Notify.Admin.Sources;

/// <summary>What a payload became: events, and why parts of it are none.</summary>
/// <param name="Dropped">How many elements a condition left out.</param>
public sealed record MappedPayload(IReadOnlyList<MappedEvent> Events, IReadOnlyList<MappingProblem> Problems, int Dropped)
{
    public static MappedPayload Unmapped(MappingProblem problem) => new([], [problem], 0);
}

/// <summary>Why a field of an event has no value, or an element is no event.</summary>
/// <param name="Index">The element; null for the payload as a whole.</param>
public sealed record MappingProblem(int? Index, string Field, string Reason);
