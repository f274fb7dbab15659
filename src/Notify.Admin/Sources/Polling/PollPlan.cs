using System.Globalization;

namespace Notify.Admin.Sources;

/// <summary>What is read of an account, and how often, as one column holds it: <c>suspicious:5 vul:60</c>.</summary>
internal static class PollPlan
{
    public static IReadOnlyList<PlannedPoll> Read(string column) =>
    [
        .. column.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split(':'))
            .Select(parts => new PlannedPoll(parts[0], int.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture)))
            .Where(poll => PolledType.Find(poll.Type) is not null),
    ];

    /// <summary>In the order of the types, each once.</summary>
    public static string Write(IEnumerable<PlannedPoll> polls)
    {
        var minutes = polls.DistinctBy(poll => poll.Type).ToDictionary(poll => poll.Type, poll => poll.Minutes, StringComparer.Ordinal);
        return string.Join(' ', PolledType.All.Where(type => minutes.ContainsKey(type.Name))
            .Select(type => string.Create(CultureInfo.InvariantCulture, $"{type.Name}:{minutes[type.Name]}")));
    }

    /// <summary>Everything, as often as usual.</summary>
    public static string Usual => Write(PolledType.All.Select(type => new PlannedPoll(type.Name, type.UsualMinutes)));
}

/// <param name="Type">One of <see cref="PolledType.All"/>.</param>
/// <param name="Minutes">From one poll to the next.</param>
public sealed record PlannedPoll(string Type, int Minutes);
