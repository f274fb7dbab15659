using Notify.Admin.Channels;
using Notify.Admin.Finding;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Inhibitions;

/// <summary>Finds inhibitions by name.</summary>
internal sealed class InhibitionFinder(InhibitionService inhibitions) : IFinder
{
    public async Task<IReadOnlyList<Found>> FindAsync(FindText text, int most, Actor actor, CancellationToken cancellationToken) =>
        text.Words.Count == 0 || text.AsksForTest ? []
            : [.. (await inhibitions.ListAsync(actor, cancellationToken)).Where(one => text.Finds(one.Name)).Take(most)
                .Select(one => new Found(FoundKind.Inhibition, one.Name, null, IconName.Pause, ChannelLinks.ToInhibition(one.Id)))];
}
