namespace Notify.Admin.Deliveries;

/// <summary>How long a lane that may not send before some moment (an interval, a back-off) may leave new deliveries unlooked at. Without it a flood
/// for closed lanes would keep the workers busy with nothing but holding.</summary>
internal sealed record LanePatience(TimeSpan WhileClosed)
{
    public static readonly LanePatience Default = new(TimeSpan.FromSeconds(3));
}
