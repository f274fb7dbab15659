namespace Notify.Admin.Channels;

/// <summary>Why a part of a policy is not accepted.</summary>
/// <param name="Field">The policy's property.</param>
/// <param name="TextKey">A key of the policies' texts.</param>
/// <param name="Argument">Fills the text's place, where it has one.</param>
public sealed record PolicyRefusal(string Field, string TextKey, int? Argument = null);

/// <summary>The rules of a policy. What is switched off may hold anything.</summary>
public static class DeliveryPolicyCheck
{
    /// <summary>At most one refusal a part.</summary>
    /// <param name="own">The channel that the policy is of; null for one that is not saved yet.</param>
    public static IEnumerable<PolicyRefusal> Of(DeliveryPolicy policy, ChannelKey? own)
    {
        if (policy.QuietHours is { IsOn: true } quiet && OfQuietHours(quiet) is { } quietKey)
        {
            yield return new PolicyRefusal(nameof(DeliveryPolicy.QuietHours), quietKey);
        }

        if (policy.Deduplication is { IsOn: true, Minutes: not (>= 1 and <= Deduplication.MostMinutes) })
        {
            yield return new PolicyRefusal(nameof(DeliveryPolicy.Deduplication), "Deduplication.Minutes.Wrong", Deduplication.MostMinutes);
        }

        if (policy.Fallback is { IsOn: true } fallback)
        {
            if (fallback.To is null || fallback.To == own)
            {
                yield return new PolicyRefusal(nameof(DeliveryPolicy.Fallback), fallback.To is null
                    ? "Fallback.To.Missing" : "Fallback.To.Self");
            }
            else if (fallback.AfterMinutes is not (>= 1 and <= Fallback.MostMinutes))
            {
                yield return new PolicyRefusal(nameof(DeliveryPolicy.Fallback), "Fallback.Minutes.Wrong", Fallback.MostMinutes);
            }
        }

        if (policy.Drills is { IsOn: true } drills && OfDrills(drills) is { } refusal)
        {
            yield return refusal;
        }
    }

    private static string? OfQuietHours(QuietHours quiet) => quiet switch
    {
        { Days: WeekDays.None } => "QuietHours.Days.Missing",
        { From: null } or { To: null } => "Time.Missing",
        _ when LocalClock.Find(quiet.TimeZone) is null => "TimeZone.Unknown",
        { NeverEnd: true } => "QuietHours.NeverEnd",
        _ => null,
    };

    private static PolicyRefusal? OfDrills(DrillSchedule drills) => drills switch
    {
        { At: null } => new PolicyRefusal(nameof(DeliveryPolicy.Drills), "Time.Missing"),
        { Rhythm: DrillRhythm.EveryDays, EveryDays: not (>= 1 and <= DrillSchedule.MostDays) } =>
            new PolicyRefusal(nameof(DeliveryPolicy.Drills), "Drills.Days.Wrong", DrillSchedule.MostDays),
        _ when LocalClock.Find(drills.TimeZone) is null => new PolicyRefusal(nameof(DeliveryPolicy.Drills), "TimeZone.Unknown"),
        _ => null,
    };
}
