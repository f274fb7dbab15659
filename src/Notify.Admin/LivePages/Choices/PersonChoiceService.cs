using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.LivePages;

/// <summary>What people have chosen about how the console looks to them; the last writer wins. Everybody reads and writes their
/// own.</summary>
public sealed class PersonChoiceService(IDbContextFactory<NotifyDbContext> contexts)
{
    public const int LongestName = 64;

    public const int LongestValue = 1_000;

    /// <returns>Null where the person has not chosen.</returns>
    public async Task<string?> FindAsync(string name, Actor actor, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.PersonChoices.Where(choice => choice.UserId == actor.UserId && choice.Name == name)
            .Select(choice => choice.Value).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>What several people have chosen, by their ids, for what the product tells each of them about their own; who has not
    /// chosen is left out.</summary>
    internal async Task<IReadOnlyDictionary<string, string>> FindAllAsync(
        string name, IReadOnlyCollection<string> userIds, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.PersonChoices.Where(choice => choice.Name == name && userIds.Contains(choice.UserId))
            .ToDictionaryAsync(choice => choice.UserId, choice => choice.Value, cancellationToken);
    }

    public async Task SaveAsync(string name, string value, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, LongestValue);
        if (actor.UserId is not { } userId)
        {
            return;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await UpdateAsync(context, userId, name, value, cancellationToken))
        {
            return;
        }

        context.PersonChoices.Add(new PersonChoice { UserId = userId, Name = name, Value = value });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (StoreErrors.Of(e) is StoreError.Duplicate or StoreError.Reference)
        {
            // Another tab of the same person was first, or the account is gone.
            await UpdateAsync(context, userId, name, value, cancellationToken);
        }
    }

    private static async Task<bool> UpdateAsync(
        NotifyDbContext context, string userId, string name, string value, CancellationToken cancellationToken) =>
        await context.PersonChoices.Where(choice => choice.UserId == userId && choice.Name == name)
            .ExecuteUpdateAsync(set => set.SetProperty(choice => choice.Value, value), cancellationToken) > 0;
}
