namespace Notify.Admin.Slack;

/// <summary>The newer form's four switches, one for each severity, as the threshold that they are here.</summary>
/// <remarks>Source: CYTRIX, "UpdateSlack" (cytrix.io, API documentation): <c>on_high</c>, <c>on_medium</c>, <c>on_low</c>,
/// <c>on_informative</c> in place of <c>slackAvgThreat</c>. What is said with them is a threshold only where each severity above one that
/// is on is on too; anything else is refused, and so is a part of the four, since it would depend on what was stored.</remarks>
internal static class UpdateSlackSeverities
{
    private static readonly (string Name, SlackAvgThreat Severity)[] Switches =
    [
        ("on_high", SlackAvgThreat.High),
        ("on_medium", SlackAvgThreat.Medium),
        ("on_low", SlackAvgThreat.Low),
        ("on_informative", SlackAvgThreat.Informative),
    ];

    /// <param name="find">A switch's value; null where it is omitted.</param>
    /// <param name="threshold">The least severity that is on; null where none of the switches is given.</param>
    /// <returns>What is wrong with them, or null.</returns>
    public static UpdateSlackAnswer? Read(Func<string, bool?> find, out SlackAvgThreat? threshold)
    {
        threshold = null;
        var given = Switches.Select(one => (one.Name, one.Severity, IsOn: find(one.Name))).ToList();
        if (given.All(one => one.IsOn is null))
        {
            return null;
        }

        if (given.Find(one => one.IsOn is null) is { Name: { } missing })
        {
            return UpdateSlackAnswer.Missing(missing);
        }

        var on = given.TakeWhile(one => one.IsOn == true).ToList();
        if (on.Count == 0 || given.Skip(on.Count).Any(one => one.IsOn == true))
        {
            // Severities are switched on from the top: the first gap is the one to name.
            return UpdateSlackAnswer.NotValid(given[on.Count].Name);
        }

        threshold = on[^1].Severity;
        return null;
    }
}
