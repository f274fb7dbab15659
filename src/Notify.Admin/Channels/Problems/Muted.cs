namespace Notify.Admin.Channels;

/// <summary>That what a message tells of is, or was, muted in its channel.</summary>
/// <param name="By">The person, as the audit trail has it.</param>
/// <param name="Until">When that ends, or has ended.</param>
/// <param name="UntilFixed">It ends when the problem does.</param>
public sealed record Muted(string By, DateTimeOffset Until, bool UntilFixed, bool HasEnded);
