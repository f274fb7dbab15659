namespace Notify.Admin.Events;

/// <summary>A payload that a source could not map, kept as an event.</summary>
public static class UnmappedEvent
{
    /// <summary>CloudEvents <c>type</c>.</summary>
    public const string Type = "source.unmapped";
}
