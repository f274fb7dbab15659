using System.Globalization;
using Notify.Admin.Api;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>Why a key was not created.</summary>
public enum KeyRefusal
{
    NameMissing = 1,
    NameTooLong = 2,
    ExpiryOutOfRange = 3,

    /// <summary>The person has as many as one may have.</summary>
    TooMany = 4,

    /// <summary>Something in the name cannot be seen, or turns it about.</summary>
    NameNotPlain = 5,
}

/// <param name="Text">The key itself: shown once, it cannot be read again. Null when refused.</param>
public sealed record NewApiKey(KeyRefusal? Refusal, string? Text = null, ApiKeyScope Scope = ApiKeyScope.Ingest)
{
    /// <summary>Printing it does not print the key.</summary>
    public override string ToString() => Refusal?.ToString() ?? "created";
}

/// <param name="Secret">Shown once, it cannot be read again. Null when refused.</param>
public sealed record NewAccessKey(KeyRefusal? Refusal, string? AccessKeyId = null, string? Secret = null)
{
    /// <summary>Printing it does not print the secret.</summary>
    public override string ToString() => Refusal?.ToString() ?? AccessKeyId ?? "";
}

/// <summary>A person's keys for the HTTP APIs. Everybody manages their own; an Admin also revokes those of others.</summary>
internal sealed class KeyService(
    KeyStore store, KeyListStore lists, KeyGeneration generation, SecretProtector protector, AuditTrail audit, TimeProvider time)
{
    public const int LongestName = 64;
    public const int MostDays = 3650;
    public const int MostKeys = 25;

    /// <summary>A page of the API keys of everybody.</summary>
    public Task<ListedPage<OwnedApiKey>> ListAsync(
        ListQuery<KeyFilter, KeySort> query, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return lists.ListPageAsync(query, cancellationToken);
    }

    public Task<IReadOnlyList<ApiKeyRow>> ListApiKeysAsync(string userId, Actor actor, CancellationToken cancellationToken)
    {
        DemandOwnOrAdmin(userId, actor);
        return store.ListApiKeysAsync(userId, cancellationToken);
    }

    public Task<IReadOnlyList<AccessKeyRow>> ListAccessKeysAsync(string userId, Actor actor, CancellationToken cancellationToken)
    {
        DemandOwnOrAdmin(userId, actor);
        return store.ListAccessKeysAsync(userId, cancellationToken);
    }

    /// <param name="days">Until it expires; null is never.</param>
    public async Task<NewApiKey> CreateApiKeyAsync(string name, ApiKeyScope scope, int? days, Actor actor,
        CancellationToken cancellationToken)
    {
        // What such a key posts is sent to every channel that hears it.
        actor.Demand(scope == ApiKeyScope.Ingest ? Policies.Operate : Policies.View);
        name = name.Trim();
        if (name.Length is 0 or > LongestName)
        {
            return new NewApiKey(name.Length == 0 ? KeyRefusal.NameMissing : KeyRefusal.NameTooLong);
        }

        if (!PlainText.IsLine(name))
        {
            return new NewApiKey(KeyRefusal.NameNotPlain);
        }

        if (days is < 1 or > MostDays)
        {
            return new NewApiKey(KeyRefusal.ExpiryOutOfRange);
        }

        var text = SecretText.NewApiKey();
        var now = time.GetUtcNow();
        var key = new ApiKey
        {
            UserId = actor.UserId!,
            Name = name,
            Scope = scope,
            Hash = ApiKeyService.Hash(text),
            LastFour = text[^4..],
            CreatedAt = now,
            ExpiresAt = days is { } count ? now.AddDays(count) : null,
        };
        return await store.TryAddAsync(key, MostKeys, saved => audit.Entry(actor, "api-key.create", SubjectOf(saved), Fields(saved)),
            cancellationToken)
            ? new NewApiKey(null, text, scope)
            : new NewApiKey(KeyRefusal.TooMany);
    }

    /// <inheritdoc cref="CreateApiKeyAsync"/>
    public async Task<NewAccessKey> CreateAccessKeyAsync(int? days, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        if (days is < 1 or > MostDays)
        {
            return new NewAccessKey(KeyRefusal.ExpiryOutOfRange);
        }

        var now = time.GetUtcNow();
        var secret = SecretText.NewAccessKeySecret();
        var pair = new AccessKeyPair
        {
            UserId = actor.UserId!,
            AccessKeyId = SecretText.NewAccessKeyId(),
            Secret = protector.Protect(secret),
            CreatedAt = now,
            ExpiresAt = days is { } count ? now.AddDays(count) : null,
        };
        return await store.TryAddAsync(pair, MostKeys,
            saved => audit.Entry(actor, "access-key.create", SubjectOf(saved),
            [new FieldChange("secret", null, saved.Secret.ToString()), .. Expiry(saved.ExpiresAt)]), cancellationToken)
            ? new NewAccessKey(null, pair.AccessKeyId, secret)
            : new NewAccessKey(KeyRefusal.TooMany);
    }

    /// <summary>Ends a key at once on this instance, and within about a second on others.</summary>
    /// <returns>False when there is no such key that <paramref name="actor"/> may revoke.</returns>
    public async Task<bool> RevokeApiKeyAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        var done = await store.RevokeApiKeyAsync(id, OnlyOwn(actor), key => audit.Entry(actor, "api-key.revoke", SubjectOf(key)),
            cancellationToken);
        generation.Advance();
        return done;
    }

    /// <summary>Ends many of anybody's; those that are revoked already are passed over.</summary>
    /// <returns>How many this has ended.</returns>
    public async Task<int> RevokeApiKeysAsync(IReadOnlyCollection<int> ids, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        var revoked = 0;
        foreach (var id in ids)
        {
            revoked += await RevokeApiKeyAsync(id, actor, cancellationToken) ? 1 : 0;
        }

        return revoked;
    }

    /// <inheritdoc cref="RevokeApiKeyAsync"/>
    public async Task<bool> RevokeAccessKeyAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        var done = await store.RevokeAccessKeyAsync(id, OnlyOwn(actor), pair => audit.Entry(actor, "access-key.revoke", SubjectOf(pair)),
            cancellationToken);
        generation.Advance();
        return done;
    }

    /// <summary>How an API key is named in the audit trail.</summary>
    public static AuditSubject SubjectOf(ApiKey key) => new("api-key", key.Id.ToString(CultureInfo.InvariantCulture), key.Name);

    /// <inheritdoc cref="SubjectOf(ApiKey)"/>
    public static AuditSubject SubjectOf(AccessKeyPair pair) =>
        new("access-key", pair.Id.ToString(CultureInfo.InvariantCulture), pair.AccessKeyId);

    private static FieldChange[] Fields(ApiKey key) =>
    [
        new("scope", null, key.Scope == ApiKeyScope.Full ? ApiPolicies.FullScope : ApiPolicies.IngestScope),
        new("key", null, $"…{key.LastFour}"),
        .. Expiry(key.ExpiresAt),
    ];

    private static FieldChange[] Expiry(DateTimeOffset? expiresAt) =>
        expiresAt is { } end ? [new("expires", null, end.ToString("O", CultureInfo.InvariantCulture))] : [];

    private static string? OnlyOwn(Actor actor)
    {
        actor.Demand(Policies.View);
        return actor.May(Policies.Administer) ? null : actor.UserId ?? "";
    }

    private static void DemandOwnOrAdmin(string userId, Actor actor)
    {
        if (userId != actor.UserId)
        {
            actor.Demand(Policies.Administer);
        }
    }
}
