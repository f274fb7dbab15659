namespace Notify.Admin.Sources;

/// <summary>Mapping a source's payloads again, batch after batch, as its page shows it.</summary>
internal sealed class MapAgainRun(int total)
{
    private readonly Dictionary<string, int> _reasons = new(StringComparer.Ordinal);

    /// <summary>How many there were at the beginning; more may come.</summary>
    public int Total { get; } = total;

    public MapAgainBatch All { get; private set; } = MapAgainBatch.None;

    /// <summary>How many have been looked at.</summary>
    public int Done => All.Mapped + All.Still.Count;

    public bool IsOver { get; private set; }

    public bool IsStopped { get; private set; }

    /// <summary>Why payloads still cannot be mapped, and how many for each reason, the most first.</summary>
    public IEnumerable<KeyValuePair<string, int>> Reasons => _reasons.OrderByDescending(reason => reason.Value);

    public void Add(MapAgainBatch batch, Func<StillUnmapped, IEnumerable<string>> say)
    {
        All = All.With(batch);
        foreach (var reason in batch.Still.SelectMany(still => say(still).Distinct()))
        {
            _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
        }

        IsOver = batch.Next is null || batch.IsBusy || IsStopped;
    }

    /// <summary>The next batch is left out.</summary>
    public void End() => IsStopped = true;
}
