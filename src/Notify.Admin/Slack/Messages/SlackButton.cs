namespace Notify.Admin.Slack;

/// <summary>A button of a message that this console is told of when somebody presses it.</summary>
/// <param name="ActionId">What it does: one of the constants.</param>
/// <param name="Value">The short id of the delivery that the message tells: no secret, and believed only where it is on record.</param>
internal sealed record SlackButton(string Text, string ActionId, string Value)
{
    public const string Acknowledge = "notify.acknowledge";
    public const string MuteHour = "notify.mute_hour";
    public const string MuteUntilFixed = "notify.mute_until_fixed";
}
