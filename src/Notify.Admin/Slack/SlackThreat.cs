namespace Notify.Admin.Slack;

/// <summary>The four words of <c>slackAvgThreat</c> and <c>avgThreat</c>, lowest first. They are written exactly like this on the wire.</summary>
public enum SlackThreat
{
    Informative = 0,
    Low = 1,
    Medium = 2,
    High = 3,
}
