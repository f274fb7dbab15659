using Notify.Admin.Security;

namespace Notify.Admin.Finding;

/// <summary>A feature's part of what Ctrl+K finds.</summary>
public interface IFinder
{
    /// <summary>The first few that hold what is typed, of what the actor may see; titles in the current UI culture. What nobody types a
    /// word of is not listed: only pages and actions answer an empty text.</summary>
    /// <param name="most">No more than these need be read; the pages and actions, which are few, are listed all.</param>
    Task<IReadOnlyList<Found>> FindAsync(FindText text, int most, Actor actor, CancellationToken cancellationToken);
}
