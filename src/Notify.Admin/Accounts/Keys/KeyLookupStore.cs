using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Api;
using Notify.Admin.Audit;
using Notify.Admin.Data;

namespace Notify.Admin.Accounts;

/// <summary>Finds keys with the people they belong to, for the APIs.</summary>
internal sealed class KeyLookupStore(
    IDbContextFactory<NotifyDbContext> contexts, AuditTrail audit, AuditRepeats repeats, TimeProvider time) : IKeyDirectory
{
    private static readonly TimeSpan KeepNonces = TimeSpan.FromMinutes(30);

    public async Task<KnownApiKey?> FindApiKeyAsync(string hash, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ApiKeys.Where(key => key.Hash == hash)
            .Join(context.Users, key => key.UserId, user => user.Id, (key, user) => new KnownApiKey(
                key.Id, key.Name, key.Scope == ApiKeyScope.Full, key.ExpiresAt, key.RevokedAt != null,
                new KeyOwner(user.Id, user.Email!,
                    context.UserRoles.Where(held => held.UserId == user.Id)
                        .Join(context.Roles, held => held.RoleId, role => role.Id, (held, role) => role.Name).FirstOrDefault(),
                    user.IsDisabled)))
            .SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<KnownAccessKey?> FindAccessKeyAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.AccessKeyPairs.Where(pair => pair.AccessKeyId == accessKeyId)
            .Join(context.Users, pair => pair.UserId, user => user.Id, (pair, user) => new KnownAccessKey(
                pair.Id, pair.AccessKeyId, pair.Secret, pair.ExpiresAt, pair.RevokedAt != null,
                new KeyOwner(user.Id, user.Email!,
                    context.UserRoles.Where(held => held.UserId == user.Id)
                        .Join(context.Roles, held => held.RoleId, role => role.Id, (held, role) => role.Name).FirstOrDefault(),
                    user.IsDisabled)))
            .SingleOrDefaultAsync(cancellationToken);

        // A database may compare without regard to case; an id differs by it.
        return found?.AccessKeyId == accessKeyId ? found : null;
    }

    public async Task<bool> TryAddNonceAsync(string accessKeyId, string nonce, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.RequestNonces.Add(new RequestNonce { AccessKeyId = accessKeyId, Nonce = nonce, ExpiresAt = time.GetUtcNow() + KeepNonces });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException e) when (StoreErrors.IsDuplicate(e))
        {
            return false;
        }
    }

    public async Task RemoveOldNoncesAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.RequestNonces.Where(nonce => nonce.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
    }

    public async Task SaveLastUsedAsync(
        IReadOnlyDictionary<int, DateTimeOffset> apiKeys, IReadOnlyDictionary<int, DateTimeOffset> accessKeys,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var (id, at) in apiKeys)
        {
            // Another instance may have seen it later.
            await context.ApiKeys.Where(key => key.Id == id && (key.LastUsedAt == null || key.LastUsedAt < at))
                .ExecuteUpdateAsync(set => set.SetProperty(key => key.LastUsedAt, at), cancellationToken);
        }

        foreach (var (id, at) in accessKeys)
        {
            await context.AccessKeyPairs.Where(pair => pair.Id == id && (pair.LastUsedAt == null || pair.LastUsedAt < at))
                .ExecuteUpdateAsync(set => set.SetProperty(pair => pair.LastUsedAt, at), cancellationToken);
        }
    }

    public Task AddRefusalAsync(RefusedKey refusal) => repeats.CountAsync(
        audit.Repeated(
            refusal.Actor,
            $"{refusal.Kind}.use",
            new AuditSubject(refusal.Kind, refusal.KeyId?.ToString(CultureInfo.InvariantCulture), refusal.KeyName),
            [new FieldChange("reason", null, refusal.Reason)],
            AuditResult.Refused,
            refusal.Network));
}
