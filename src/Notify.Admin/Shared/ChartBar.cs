namespace Notify.Admin.Shared;

/// <summary>What the bars of a chart are made of: one colour.</summary>
/// <param name="Css">The class that gives the colour: <c>bar-critical</c>.</param>
public sealed record ChartSeries(string Name, string Css);

/// <summary>One bar, for a stretch of time.</summary>
/// <param name="Href">The list behind it.</param>
/// <param name="Values">One for each series.</param>
public sealed record ChartBar(DateTimeOffset From, DateTimeOffset To, string Href, IReadOnlyList<long> Values)
{
    public long Sum { get; } = Values.Sum();
}
