namespace Notify.Admin.Events;

/// <summary>How long a store that takes no events is waited for.</summary>
/// <param name="Commit">Then the sender is told to come again: it may have an event elsewhere that can be stored.</param>
/// <param name="Probe">So long a probe may take before commits count as failing.</param>
/// <param name="Fresh">A probe writes, so its answer is kept for this long however many ask.</param>
internal sealed record IntakePatience(TimeSpan Commit, TimeSpan Probe, TimeSpan Fresh)
{
    public static readonly IntakePatience Default = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
}
