namespace Notify.Admin.Shared;

/// <summary>The time that a page looks back over, in steps that its charts draw as one bar each.</summary>
/// <param name="Name">As the address says it, and as the filters of the lists do: <c>24h</c>.</param>
/// <param name="Step">Divides an hour or is a whole number of them, so that the steps are the same for everybody.</param>
public sealed record ChartRange(string Name, TimeSpan Step, int Steps)
{
    public static readonly ChartRange Day = new("24h", TimeSpan.FromHours(1), 24);

    public static readonly IReadOnlyList<ChartRange> All =
    [
        new("1h", TimeSpan.FromMinutes(5), 12),
        Day,
        new("7d", TimeSpan.FromHours(6), 28),
        new("30d", TimeSpan.FromHours(24), 30),
    ];

    /// <summary>The range of that name; a day where there is none.</summary>
    public static ChartRange Parse(string? name) => All.FirstOrDefault(range => range.Name == name) ?? Day;

    /// <summary>Where the first step begins: the last one is under way at <paramref name="now"/>.</summary>
    public DateTimeOffset From(DateTimeOffset now)
    {
        var grain = Step < TimeSpan.FromHours(1) ? Step.Ticks : TimeSpan.TicksPerHour;
        var end = ((now.UtcTicks / grain) + 1) * grain;
        return new DateTimeOffset(end - (Steps * Step.Ticks), TimeSpan.Zero);
    }
}
