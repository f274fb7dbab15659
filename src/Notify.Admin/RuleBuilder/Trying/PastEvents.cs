namespace Notify.Admin.RuleBuilder;

/// <summary>The security alerts of the last days, as far as rules can tell them apart.</summary>
/// <param name="FirstDay">The first day, in the reader's calendar.</param>
/// <param name="ReadAt">When they were counted.</param>
public sealed record PastEvents(DateOnly FirstDay, DateTimeOffset ReadAt, IReadOnlyList<EventShape> Shapes)
{
    public const int Days = 7;

    public int Total { get; } = Shapes.Sum(shape => shape.Count);

    /// <summary>How many there were of one alert type.</summary>
    public int CountOf(string suffix) => Shapes.Where(shape => shape.AlertType == suffix).Sum(shape => shape.Count);
}
