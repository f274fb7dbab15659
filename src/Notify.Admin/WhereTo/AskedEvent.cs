using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;

namespace Notify.Admin.WhereTo;

/// <summary>An event that somebody asks about: a stored one, or one that is only typed.</summary>
/// <param name="AlsoTo">Channels that are sent it whatever their rules say, and why.</param>
/// <param name="Via">The source that it is taken to have come in by; null for <c>/api/events</c>.</param>
public sealed record AskedEvent(EventRecord Record, EventSummary Summary, IReadOnlyList<ChannelMatch> AlsoTo, EventSourceName? Via)
{
    /// <summary>What a test of it tells.</summary>
    public TestChoice ToTest() => Record.RowId == 0 ? TestChoice.Of(Record) : TestChoice.Stored(Record.RowId);
}
