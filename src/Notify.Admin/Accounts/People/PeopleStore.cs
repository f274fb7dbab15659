using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>Reads people for lists and checks.</summary>
internal sealed class PeopleStore(IDbContextFactory<NotifyDbContext> contexts, SingleSignOnOptions signOn)
{
    public async Task<ListedPage<Person>> ListPageAsync(ListQuery<PersonFilter, PersonSort> query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ToPeople(context, Narrow(context, query)).ToPageAsync(query, context.Users, cancellationToken);
    }

    /// <summary>The ids of all pages of a list, in its order.</summary>
    public async Task<IReadOnlyList<string>> ListIdsAsync(
        ListQuery<PersonFilter, PersonSort> query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Narrow(context, query).Take(ListQuery.MostExported).Select(user => user.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Those of <paramref name="ids"/> that exist.</summary>
    public async Task<IReadOnlyList<Person>> FindAllAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ToPeople(context, context.Users.Where(user => ids.Contains(user.Id))).ToListAsync(cancellationToken);
    }

    /// <summary>The first whose address holds each of the words.</summary>
    public async Task<IReadOnlyList<(string Id, string Email)>> FindAsync(
        IEnumerable<string> words, int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await FoundBy(context.Users.AsNoTracking(), words).OrderBy(user => user.NormalizedEmail).Take(most)
            .Select(user => new { user.Id, user.Email })
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

    private static IQueryable<AdminUser> FoundBy(IQueryable<AdminUser> users, IEnumerable<string> words) =>
        words.Select(word => word.ToUpperInvariant())
            .Aggregate(users, (found, word) => found.Where(user => user.NormalizedEmail!.Contains(word)));

    private static IQueryable<AdminUser> Narrow(NotifyDbContext context, ListQuery<PersonFilter, PersonSort> query)
    {
        var words = (query.Search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var users = FoundBy(context.Users, words);
        users = query.Filter switch
        {
            PersonFilter.All => users,
            PersonFilter.Active => users.Where(user => !user.IsDisabled
                && (user.PasswordHash != null || context.UserLogins.Any(login => login.UserId == user.Id))),
            PersonFilter.Invited => users.Where(user => !user.IsDisabled && user.PasswordHash == null
                && !context.UserLogins.Any(login => login.UserId == user.Id)),
            PersonFilter.Disabled => users.Where(user => user.IsDisabled),
            PersonFilter.WithoutSecondFactor => users.Where(user => !user.TwoFactorEnabled
                && !context.UserPasskeys.Any(passkey => passkey.UserId == user.Id)),
        };
        return (query.Sort switch
        {
            PersonSort.Email => users.SortedBy(user => user.NormalizedEmail, query.Descending),
            PersonSort.Role => users.SortedBy(user => context.UserRoles.Where(held => held.UserId == user.Id)
                .Join(context.Roles, held => held.RoleId, role => role.Id, (held, role) => role.Name).FirstOrDefault() ?? "",
                query.Descending),
            PersonSort.LastSeen => users.SortedBy(user => user.LastSeenAt ?? DateTimeOffset.MinValue, query.Descending),
            PersonSort.Since => users.SortedBy(user => user.CreatedAt, query.Descending),
        }).ThenBy(user => user.NormalizedEmail).ThenBy(user => user.Id);
    }

    private static IQueryable<Person> ToPeople(NotifyDbContext context, IQueryable<AdminUser> users) =>
        users.AsNoTracking().Select(user => new Person(
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
            context.UserLogins.Any(login => login.UserId == user.Id)));
}
