using System.Globalization;
using Notify.Admin.Finding;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Events;

/// <summary>Finds events by id.</summary>
internal sealed class EventFinder(EventService events) : IFinder
{
    public async Task<IReadOnlyList<Found>> FindAsync(FindText text, int most, Actor actor, CancellationToken cancellationToken) =>
        text.IsEmpty || text.AsksForTest ? []
            : [.. (await events.FindNamedAsync(text.Typed, most, actor, cancellationToken)).Select(row =>
                new Found(FoundKind.Event, row.Event.HeadlineIn(CultureInfo.CurrentUICulture), row.Event.Id, IconName.Activity,
                    string.Create(CultureInfo.InvariantCulture, $"events?open={row.Event.RowId}")))];
}
