namespace Notify.Admin.Channels;

/// <summary>Whether what an event tells of still lasts.</summary>
public enum EventState
{
    /// <summary>Something that happened, and neither lasts nor ends.</summary>
    None = 0,

    Open = 1,
    Resolved = 2,
}
