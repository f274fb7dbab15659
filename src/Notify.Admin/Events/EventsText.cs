namespace Notify.Admin.Events;

/// <summary>Names the resource files of the words of events.</summary>
public sealed class EventsText;
