using Notify.Admin.Finding;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>Finds people by address, for Admins.</summary>
internal sealed class PersonFinder(PeopleService people) : IFinder
{
    public async Task<IReadOnlyList<Found>> FindAsync(FindText text, int most, Actor actor, CancellationToken cancellationToken) =>
        text.Words.Count == 0 || text.AsksForTest || !actor.May(Policies.Administer) ? []
            : [.. (await people.FindAsync(text.Words, most, actor, cancellationToken)).Select(person =>
                new Found(FoundKind.Person, person.Email, null, IconName.User, $"people?open={Uri.EscapeDataString(person.Id)}"))];
}
