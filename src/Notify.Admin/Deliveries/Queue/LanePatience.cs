namespace Notify.Admin.Deliveries;

/// <summary>How long a lane that may not send before some moment (an interval, a back-off, quiet hours) may leave new deliveries unlooked
/// at. Without it a flood for closed lanes would keep the workers busy with nothing but holding.</summary>
/// <param name="Critical">With a Critical event among them, which quiet hours may let through.</param>
/// <param name="Others">Until then they are shown as waiting, not yet as held.</param>
/// <param name="Forgotten">Where nobody woke the lane: how often each instance looks for such.</param>
internal sealed record LanePatience(TimeSpan Critical, TimeSpan Others, TimeSpan Forgotten)
{
    public static readonly LanePatience Default = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(10));
}
