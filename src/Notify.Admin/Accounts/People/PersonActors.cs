using Microsoft.AspNetCore.Identity;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>The person with an e-mail address, for what is done elsewhere in that person's name.</summary>
internal sealed class PersonActors(AccountStore accounts, PeopleStore people)
{
    private static readonly UpperInvariantLookupNormalizer Normalizer = new();

    /// <param name="origin">From where the person acts.</param>
    /// <returns>Null where there is nobody with that address, or the account is not active.</returns>
    public async Task<Actor?> FindAsync(string email, string origin, CancellationToken cancellationToken) =>
        Normalizer.NormalizeEmail(email.Trim()) is { Length: > 0 } normalized
        && await accounts.FindAsync(normalized, cancellationToken) is { } user
        && (await people.FindAllAsync([user.Id], cancellationToken)).SingleOrDefault() is { State: PersonState.Active } person
            ? new Actor(person.Id, person.Email, person.Role, origin) : null;
}
