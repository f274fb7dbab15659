using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>Reads people for lists and checks.</summary>
internal sealed class PeopleStore(IDbContextFactory<NotifyDbContext> contexts, SingleSignOnOptions signOn)
{
    /// <summary>Everybody, by e-mail address.</summary>
    public async Task<IReadOnlyList<Person>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users.AsNoTracking().OrderBy(user => user.NormalizedEmail).Select(user => new Person(
            user.Id,
            user.Email!,
            context.UserRoles.Where(held => held.UserId == user.Id)
                .Join(context.Roles, held => held.RoleId, role => role.Id, (held, role) => role.Name).FirstOrDefault(),
            user.IsDisabled ? PersonState.Disabled : user.PasswordHash == null && !context.UserLogins.Any(login => login.UserId == user.Id)
            ? PersonState.Invited : PersonState.Active,
            user.CreatedAt,
            user.LastSeenAt,
            context.ApiKeys.Count(key => key.UserId == user.Id && key.RevokedAt == null)
                + context.AccessKeyPairs.Count(pair => pair.UserId == user.Id && pair.RevokedAt == null),
            user.TwoFactorEnabled || context.UserPasskeys.Any(passkey => passkey.UserId == user.Id),
            context.UserLogins.Any(login => login.UserId == user.Id))).ToListAsync(cancellationToken);
    }

    /// <summary>The first whose address holds each of the words.</summary>
    public async Task<IReadOnlyList<(string Id, string Email)>> FindAsync(
        IEnumerable<string> words, int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var people = words.Select(word => word.ToUpperInvariant()).Aggregate(context.Users.AsNoTracking(),
            (found, word) => found.Where(user => user.NormalizedEmail!.Contains(word)));
        var rows = await people.OrderBy(user => user.NormalizedEmail).Take(most).Select(user => new { user.Id, user.Email })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.Id, row.Email!))];
    }

    /// <summary>Whether somebody beside <paramref name="userId"/> can administer the product: an Admin who is enabled and can log in, by a
    /// password or through single sign-on.</summary>
    /// <param name="context">The context of the change that depends on it.</param>
    public Task<bool> HasOtherAdminAsync(NotifyDbContext context, string userId, CancellationToken cancellationToken)
    {
        var (byPassword, byProvider) = (signOn.LocalAccounts, signOn.IsOn);
        return context.Users.AnyAsync(user => user.Id != userId && !user.IsDisabled
            && ((byPassword && user.PasswordHash != null) || (byProvider && context.UserLogins.Any(login => login.UserId == user.Id)))
            && context.UserRoles.Any(held => held.UserId == user.Id
                && context.Roles.Any(role => role.Id == held.RoleId && role.Name == Roles.Admin)), cancellationToken);
    }
}
