namespace Notify.Admin.Channels;

/// <summary>How urgent an event is; orders digests and decides what quiet hours let through.</summary>
public enum Severity
{
    /// <summary>The event does not say. Sorted last, and never taken for a low one.</summary>
    NotStated = 0,

    Informative = 1,
    Low = 2,
    Medium = 3,
    High = 4,
    Critical = 5,
}
