using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Accounts;

/// <summary>Uses codes up: each statement succeeds once, however many requests bring the same code at the same time.</summary>
internal sealed class TwoFactorStore(IDbContextFactory<NotifyDbContext> contexts)
{
    /// <returns>False when this step, or a later one, has been used.</returns>
    public async Task<bool> TryUseStepAsync(string userId, long step, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users.Where(user => user.Id == userId && user.TwoFactorEnabled && user.LastCodeStep < step)
            .ExecuteUpdateAsync(set => set.SetProperty(user => user.LastCodeStep, step), cancellationToken) == 1;
    }

    /// <returns>False when the person has no such recovery code, or it has been used.</returns>
    public async Task<bool> TryUseRecoveryCodeAsync(string userId, string hash, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.RecoveryCodes.Where(code => code.UserId == userId && code.Hash == hash)
            .ExecuteDeleteAsync(cancellationToken) == 1;
    }

    public async Task<int> CountRecoveryCodesAsync(string userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.RecoveryCodes.CountAsync(code => code.UserId == userId, cancellationToken);
    }

    /// <summary>Replaces the person's recovery codes, in the context's transaction.</summary>
    public static async Task ReplaceRecoveryCodesAsync(NotifyDbContext context, string userId, IEnumerable<string> hashes,
        CancellationToken cancellationToken)
    {
        await context.RecoveryCodes.Where(code => code.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        context.RecoveryCodes.AddRange(hashes.Select(hash => new RecoveryCode { UserId = userId, Hash = hash }));
    }
}
