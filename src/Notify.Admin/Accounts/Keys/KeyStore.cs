using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Data;

namespace Notify.Admin.Accounts;

/// <summary>An API key as lists show it.</summary>
public sealed record ApiKeyRow(
    int Id, string Name, ApiKeyScope Scope, string LastFour, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt);

/// <summary>An AccessKey pair as lists show it.</summary>
public sealed record AccessKeyRow(int Id, string AccessKeyId, string SecretLastFour, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt);

/// <summary>Saves keys, and lists those that are not revoked.</summary>
internal sealed class KeyStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed changes, TimeProvider time)
{
    public async Task<IReadOnlyList<ApiKeyRow>> ListApiKeysAsync(string userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ApiKeys.Where(key => key.UserId == userId && key.RevokedAt == null).OrderByDescending(key => key.Id)
            .Select(key => new ApiKeyRow(key.Id, key.Name, key.Scope, key.LastFour, key.CreatedAt, key.ExpiresAt, key.LastUsedAt))
            .ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<AccessKeyRow>> ListAccessKeysAsync(string userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return (await context.AccessKeyPairs.AsNoTracking().Where(pair => pair.UserId == userId && pair.RevokedAt == null)
            .OrderByDescending(pair => pair.Id).ToListAsync(cancellationToken))
            .ConvertAll(pair => new AccessKeyRow(pair.Id, pair.AccessKeyId, pair.Secret.LastFour, pair.CreatedAt, pair.ExpiresAt,
                pair.LastUsedAt));
    }

    /// <param name="most">The number of keys a person may have.</param>
    /// <param name="entry">Makes the audit entry once the key has its id.</param>
    /// <returns>False when the person has <paramref name="most"/> already.</returns>
    public Task<bool> TryAddAsync(ApiKey key, int most, Func<ApiKey, AuditEntry> entry, CancellationToken cancellationToken) =>
        InTurnAsync(async context =>
        {
            if (await context.ApiKeys.CountAsync(other => other.UserId == key.UserId && other.RevokedAt == null, cancellationToken) >= most)
            {
                return false;
            }

            context.ApiKeys.Add(key);
            await context.SaveChangesAsync(cancellationToken);
            context.AuditEntries.Add(entry(key));
            return true;
        }, cancellationToken);

    /// <inheritdoc cref="TryAddAsync(ApiKey, int, Func{ApiKey, AuditEntry}, CancellationToken)"/>
    public Task<bool> TryAddAsync(AccessKeyPair pair, int most, Func<AccessKeyPair, AuditEntry> entry,
        CancellationToken cancellationToken) =>
        InTurnAsync(async context =>
        {
            if (await context.AccessKeyPairs.CountAsync(other => other.UserId == pair.UserId && other.RevokedAt == null,
                cancellationToken) >= most)
            {
                return false;
            }

            context.AccessKeyPairs.Add(pair);
            await context.SaveChangesAsync(cancellationToken);
            context.AuditEntries.Add(entry(pair));
            return true;
        }, cancellationToken);

    /// <param name="userId">Whose key it must be; null where anybody's may be revoked.</param>
    /// <returns>False when there is no such key, or it is revoked already.</returns>
    public Task<bool> RevokeApiKeyAsync(int id, string? userId, Func<ApiKey, AuditEntry> entry, CancellationToken cancellationToken) =>
        InTurnAsync(async context =>
        {
            if (await context.ApiKeys.SingleOrDefaultAsync(
                key => key.Id == id && key.RevokedAt == null && (userId == null || key.UserId == userId), cancellationToken) is not { } key)
            {
                return false;
            }

            key.RevokedAt = time.GetUtcNow();
            context.AuditEntries.Add(entry(key));
            return true;
        }, cancellationToken);

    /// <inheritdoc cref="RevokeApiKeyAsync"/>
    public Task<bool> RevokeAccessKeyAsync(int id, string? userId, Func<AccessKeyPair, AuditEntry> entry,
        CancellationToken cancellationToken) =>
        InTurnAsync(async context =>
        {
            if (await context.AccessKeyPairs.SingleOrDefaultAsync(
                pair => pair.Id == id && pair.RevokedAt == null && (userId == null || pair.UserId == userId),
                cancellationToken) is not { } pair)
            {
                return false;
            }

            pair.RevokedAt = time.GetUtcNow();
            context.AuditEntries.Add(entry(pair));
            return true;
        }, cancellationToken);

    private async Task<bool> InTurnAsync(Func<NotifyDbContext, Task<bool>> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await changes.ChangeInTurnAsync(context, ChangeAreas.People, () => change(context), cancellationToken);
    }
}
