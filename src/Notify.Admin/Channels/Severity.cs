namespace Notify.Admin.Channels;

/// <summary>How urgent an event is; orders digests and decides what quiet hours let through.</summary>
public enum Severity
{
    Informative = 0,
    Low = 1,
    Medium = 2,
    High = 3,
    Critical = 4,
}
