namespace Notify.Admin.Sources;

/// <summary>What a payload became: events, and why parts of it are none.</summary>
/// <param name="Dropped">How many elements a condition left out.</param>
public sealed record MappedPayload(IReadOnlyList<MappedEvent> Events, IReadOnlyList<MappingProblem> Problems, int Dropped)
{
    /// <summary>How many of its elements are no events: they lack what every event has. What else is wrong is left out of its event, and
    /// told.</summary>
    public int UnmappedParts => UnmappedElements is { Count: > 0 } elements ? elements.Count
        : Problems.Count > 0 && Events.Count == 0 ? 1 : 0;

    /// <summary>Which of its elements are no events; none where it is no event as a whole.</summary>
    public IReadOnlyList<int> UnmappedElements => [.. Problems.Where(problem => problem.Field is "title" or "kind")
        .Select(problem => problem.Index).OfType<int>().Distinct()];

    /// <summary>What of it comes of some of its elements; all of it where nothing does, as when the mapping splits it in another way
    /// now.</summary>
    /// <param name="elements">None is all.</param>
    public MappedPayload Of(IReadOnlyList<int> elements)
    {
        var part = new MappedPayload([.. Events.Where(one => one.Index is not { } index || elements.Contains(index))],
            [.. Problems.Where(problem => problem.Index is not { } index || elements.Contains(index))], Dropped);
        return elements.Count == 0 || (part.Events.Count == 0 && part.Problems.Count == 0 && Dropped == 0) ? this : part;
    }

    public static MappedPayload Unmapped(MappingProblem problem) => new([], [problem], 0);
}

/// <summary>Why a field of an event has no value, or an element is no event.</summary>
/// <param name="Index">The element; null for the payload as a whole.</param>
public sealed record MappingProblem(int? Index, string Field, Reason Reason);
