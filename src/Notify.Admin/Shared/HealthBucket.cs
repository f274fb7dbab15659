namespace Notify.Admin.Shared;

/// <summary>One step of a <see cref="HealthStrip"/>.</summary>
/// <param name="Tone">Success, Warning or Danger; Neutral where nothing happened.</param>
/// <param name="Text">When and what, such as "14:00 to 15:00: 12 sent, 1 failed"; shown as tooltip.</param>
public sealed record HealthBucket(Tone Tone, string Text);
