using Notify.Admin.Shared;

namespace Notify.Admin.Deliveries;

/// <summary>Draws attempts.</summary>
public sealed partial class AttemptTimeline
{
    private static (IconName Icon, Tone Tone) LookOf(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.InFlight => (IconName.Send, Tone.Info),
        AttemptOutcome.Accepted => (IconName.Check, Tone.Success),
        AttemptOutcome.Failed => (IconName.XCircle, Tone.Danger),
        AttemptOutcome.Unknown => (IconName.Help, Tone.Warning),
    };
}
