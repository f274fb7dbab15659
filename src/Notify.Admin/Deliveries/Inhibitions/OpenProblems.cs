using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>The problems that are open where events might be held back, while one event after another is decided.</summary>
/// <param name="now">What counts as open no longer by then holds nothing back, and keeps its count until it is told to be over.</param>
internal sealed class OpenProblems(DateTimeOffset now)
{
    private readonly Dictionary<string, List<OpenProblem>> _bySame = [];
    private readonly Dictionary<string, List<OpenProblem>> _byProblem = [];

    public static OpenProblems Of(IEnumerable<OpenProblem> rows, DateTimeOffset now)
    {
        var open = new OpenProblems(now);
        foreach (var row in rows)
        {
            open.Add(row);
        }

        return open;
    }

    public void Add(OpenProblem row)
    {
        if (row.Until > now)
        {
            (_bySame.TryGetValue(row.Same, out var same) ? same : _bySame[row.Same] = []).Add(row);
        }

        (_byProblem.TryGetValue(row.Problem, out var own) ? own : _byProblem[row.Problem] = []).Add(row);
    }

    /// <summary>Forgets a problem.</summary>
    /// <returns>How many events it has held back.</returns>
    public int End(string problem)
    {
        if (!_byProblem.Remove(problem, out var rows))
        {
            return 0;
        }

        rows.ForEach(row => _bySame.GetValueOrDefault(row.Same)?.Remove(row));
        return rows.Sum(row => row.Held);
    }

    /// <summary>What holds an event back; null where nothing does. A problem does not hold its own events back.</summary>
    public (Inhibited Inhibited, OpenProblem Problem)? Find(IReadOnlyList<InhibitionPlace> places, EventRecord record)
    {
        var own = places.Count == 0 ? null : EventProblem.KeyOf(record);
        foreach (var (inhibition, same) in places)
        {
            if (_bySame.GetValueOrDefault(same)?.Find(one => one.Problem != own) is { } by)
            {
                return (new Inhibited(inhibition.Name, by.EventId), by);
            }
        }

        return null;
    }
}
