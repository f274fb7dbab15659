using System.Globalization;

namespace Notify.Admin.Sources;

/// <summary>A plan while it is typed: as its column has it, but minutes may be anything.</summary>
internal static class TypedPolls
{
    public static IReadOnlyList<(string Type, string Minutes)> Split(string column) =>
        [.. column.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split(':', 2))
            .Select(parts => (parts[0], parts[1]))];

    /// <summary>What is no number becomes one that is refused.</summary>
    public static IReadOnlyList<PlannedPoll> Read(string column) => [.. Split(column).Select(poll => new PlannedPoll(poll.Type,
        int.TryParse(poll.Minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : -1))];

    /// <param name="minutes">Null: it is not read.</param>
    public static string With(string column, PolledType type, string? minutes)
    {
        var polls = Split(column).ToDictionary(poll => poll.Type, poll => poll.Minutes);
        polls.Remove(type.Name);
        if (minutes is not null)
        {
            polls[type.Name] = string.Concat(minutes.Where(c => !char.IsWhiteSpace(c)));
        }

        return string.Join(' ', PolledType.All.Where(known => polls.ContainsKey(known.Name))
            .Select(known => $"{known.Name}:{polls[known.Name]}"));
    }
}
