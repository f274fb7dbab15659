namespace Notify.Admin.Channels;

/// <summary>That somebody has taken on what a message tells of.</summary>
/// <param name="By">The person, as the audit trail has it.</param>
public sealed record Acknowledged(string By, DateTimeOffset At);
