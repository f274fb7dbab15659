namespace Notify.Admin.Slack;

/// <summary>The four words of <c>slackAvgThreat</c> and <c>avgThreat</c>, as they are written on the wire: exact case, no
/// numbers.</summary>
internal static class SlackAvgThreats
{
    public static bool TryParse(string? text, out SlackAvgThreat threat)
    {
        SlackAvgThreat? parsed = text switch
        {
            nameof(SlackAvgThreat.Informative) => SlackAvgThreat.Informative,
            nameof(SlackAvgThreat.Low) => SlackAvgThreat.Low,
            nameof(SlackAvgThreat.Medium) => SlackAvgThreat.Medium,
            nameof(SlackAvgThreat.High) => SlackAvgThreat.High,
            _ => null,
        };
        threat = parsed.GetValueOrDefault();
        return parsed is not null;
    }
}
