using System.Security.Cryptography;
using System.Text;
using Notify.Admin.Security;

namespace Notify.Admin.Api;

/// <summary>How the check of an API key ended.</summary>
public enum KeyVerdict
{
    Accepted = 1,

    /// <summary>Unknown, revoked, expired, or its person is disabled: the caller is not told which.</summary>
    Refused = 2,

    /// <summary>Too many calls, or too many wrong keys from this address; see <see cref="ApiKeyResult.RetryAfter"/>.</summary>
    Throttled = 3,
}

/// <summary>Who calls, and how far the key reaches.</summary>
/// <param name="Actor">Its role is the person's role now.</param>
/// <param name="IsFull">False: only <c>POST /api/events</c>.</param>
public sealed record ApiCaller(int KeyId, bool IsFull, Actor Actor)
{
    /// <summary>A key of an Admin or Operator: an event reaches every channel, as a test does.</summary>
    public bool MayPostEvents => Actor.May(Policies.Operate);
}

/// <param name="Caller">Set when accepted.</param>
/// <param name="RetryAfter">Set when throttled.</param>
public sealed record ApiKeyResult(KeyVerdict Verdict, ApiCaller? Caller = null, TimeSpan RetryAfter = default);

/// <summary>Checks API keys, wherever in a request they stand.</summary>
internal sealed class ApiKeyService(
    IKeyDirectory directory, KeyCache<KnownApiKey> cache, KeyLimits limits, KeyUse use, TimeProvider time)
{
    private const int LongestKey = 256;

    /// <param name="key">The key as sent; never logged or stored.</param>
    /// <param name="address">From <see cref="ClientAddress"/>.</param>
    public async ValueTask<ApiKeyResult> AuthenticateAsync(string key, string address, CancellationToken cancellationToken)
    {
        if (!limits.AdmitAddress(address, out var wait))
        {
            return new ApiKeyResult(KeyVerdict.Throttled, RetryAfter: wait);
        }

        var hash = Hash(key);
        if (!cache.WasGood(hash) && !limits.MayGuess(address, out wait))
        {
            await directory.AddRefusalAsync(Refusal(null, "too many wrong keys", address));
            return new ApiKeyResult(KeyVerdict.Throttled, RetryAfter: wait);
        }

        var known = key.Length is 0 or > LongestKey
            ? null
            : await cache.GetAsync(hash, token => directory.FindApiKeyAsync(hash, token), cancellationToken);
        if (RefusalOf(known) is { } reason)
        {
            cache.Forget(hash);
            limits.CountFailure(address);
            await directory.AddRefusalAsync(Refusal(known, reason, address));
            return new ApiKeyResult(KeyVerdict.Refused);
        }

        if (!limits.AdmitKey('k', known!.Id, out wait))
        {
            return new ApiKeyResult(KeyVerdict.Throttled, RetryAfter: wait);
        }

        use.MarkApiKey(known.Id);
        return new ApiKeyResult(KeyVerdict.Accepted,
            new ApiCaller(known.Id, known.IsFull, new Actor(known.Owner.UserId, known.Owner.Name, known.Owner.Role, $"{address} api key")));
    }

    /// <summary>How a key is stored: it is random and long, so a slow hash would add nothing.</summary>
    public static string Hash(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private string? RefusalOf(KnownApiKey? known) => known switch
    {
        null => "unknown key",
        { IsRevoked: true } => "revoked",
        { Owner.IsDisabled: true } => "person disabled",
        { ExpiresAt: { } end } when end <= time.GetUtcNow() => "expired",
        _ => null,
    };

    private static RefusedKey Refusal(KnownApiKey? known, string reason, string address) => new(
        new Actor(known?.Owner.UserId, known?.Owner.Name ?? "anonymous", null, $"{address} api key"),
        "api-key", known?.Id, known?.Name, reason, ClientAddress.Network(address));
}
