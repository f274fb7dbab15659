namespace Notify.Admin.Sources;

/// <summary>What came of mapping some payloads again.</summary>
/// <param name="Mapped">How many of the payloads are mapped now.</param>
/// <param name="Events">How many new events they became.</param>
/// <param name="Duplicates">How many of their events were known.</param>
/// <param name="Still">Those that cannot be mapped yet, and why.</param>
/// <param name="Next">Where to go on; null at the end.</param>
/// <param name="IsBusy">The store could not take events: it ended before its time, and can be gone on with.</param>
internal sealed record MapAgainBatch(
    int Mapped, int Events, int Duplicates, IReadOnlyList<StillUnmapped> Still, long? Next, bool IsBusy = false)
{
    public static readonly MapAgainBatch None = new(0, 0, 0, [], null);

    /// <summary>This one, and what followed it.</summary>
    public MapAgainBatch With(MapAgainBatch next) => new(Mapped + next.Mapped, Events + next.Events, Duplicates + next.Duplicates,
        [.. Still, .. next.Still], next.Next, next.IsBusy);
}

/// <param name="RowId">Of the event that keeps the payload.</param>
/// <param name="EventId">CloudEvents <c>id</c> of it.</param>
internal sealed record StillUnmapped(long RowId, string EventId, IReadOnlyList<MappingProblem> Problems);
