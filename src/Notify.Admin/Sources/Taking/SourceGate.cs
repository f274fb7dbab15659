using System.Globalization;
using Notify.Admin.Api;
using Notify.Admin.Data;

namespace Notify.Admin.Sources;

/// <summary>What came of a payload: counted after the commit, or why it is refused.</summary>
internal sealed record SourceTaking(SourceRefusal? Refusal, int Accepted = 0, int Duplicates = 0, int Unmapped = 0)
{
    public IReadOnlyList<FieldProblem> Problems { get; init; } = [];
}

/// <summary>What a payload passes before anybody reads it: its source is found and on, its sender may post, proves itself and is not too
/// quick, and its body is not too large.</summary>
internal sealed class SourceGate(SourceDirectory directory, SourceActivity activity, KeyLimits limits, SecretProtector protector,
    TimeProvider time)
{
    // Wrong keys are counted by themselves: a tool that posts to a source which is gone holds up nobody else.
    private const string UnknownKeys = "sources";

    private readonly TokenBuckets _perSource = new(time);

    /// <param name="key">From the address; never logged or stored.</param>
    /// <param name="fits">Which kinds of sources have such an address.</param>
    /// <param name="limit">The most bytes of a body.</param>
    /// <param name="take">Reads and stores the body of what has passed.</param>
    public async Task<SourceTaking> PassAsync(string key, Func<string, bool> fits, HttpContext http, Func<Source, int> limit,
        Func<Source, byte[], Task<SourceTaking>> take, CancellationToken cancellationToken)
    {
        var (source, refusal) = await FindAsync(key, fits, http, cancellationToken);
        if (source is null)
        {
            return new SourceTaking(refusal);
        }

        var taking = refusal is null ? await ReadAsync(source, http, limit(source), take, cancellationToken) : new SourceTaking(refusal);
        if (taking.Refusal is { } refused)
        {
            activity.Refused(source.Id, refused.Why);
        }

        return taking;
    }

    private async Task<(Source? Source, SourceRefusal? Refusal)> FindAsync(
        string key, Func<string, bool> fits, HttpContext http, CancellationToken cancellationToken)
    {
        var address = ClientAddress.Of(http);
        if (!limits.AdmitAddress(address, out var wait))
        {
            return (null, SourceRefusal.TooMany(wait));
        }

        var source = key.Length is 0 or > 256 ? null : await directory.FindAsync(SourceAddress.Hash(key), cancellationToken);
        if (source is null || !fits(source.Kind))
        {
            if (!limits.MayGuess(address, out wait, UnknownKeys))
            {
                return (null, SourceRefusal.TooMany(wait));
            }

            limits.CountFailure(address, UnknownKeys);
            return (null, SourceRefusal.UnknownKey);
        }

        if (!source.IsOn)
        {
            return (source, SourceRefusal.Off);
        }

        if (!AllowedAddresses.Allow(source.AllowedAddresses, http.Connection.RemoteIpAddress))
        {
            return (source, SourceRefusal.Address(address));
        }

        return source.PerMinute > 0 && !_perSource.TryTake($"{source.Id}", source.PerMinute / 60d, source.PerMinute, out wait)
            ? (source, SourceRefusal.TooMany(wait)) : (source, null);
    }

    private async Task<SourceTaking> ReadAsync(Source source, HttpContext http, int limit, Func<Source, byte[], Task<SourceTaking>> take,
        CancellationToken cancellationToken)
    {
        var address = ClientAddress.Of(http);
        if (source.Proof != SourceProof.Key && !limits.MayGuess(address, out var wait, ProofsOf(source)))
        {
            return new SourceTaking(SourceRefusal.TooMany(wait));
        }

        byte[]? body;
        try
        {
            body = await RequestBody.ReadAsync(http.Request, limit, cancellationToken, isKnown: true);
        }
        catch (BodyRefusedException e)
        {
            return new SourceTaking(SourceRefusal.Body(e));
        }

        if (body is null)
        {
            return new SourceTaking(SourceRefusal.TooLarge(limit));
        }

        var secret = Secret(source);
        if (SourceProofs.Check(source, secret, http.Request, body, time.GetUtcNow()) is { } wrong)
        {
            // A secret that cannot be read here is no guess of the sender's.
            if (secret is not null)
            {
                limits.CountFailure(address, ProofsOf(source));
            }

            return new SourceTaking(wrong);
        }

        return await take(source, body);
    }

    // Of each source by itself: one tool that is set wrong does not hold up the others behind its address.
    private static string ProofsOf(Source source) => string.Create(CultureInfo.InvariantCulture, $"source {source.Id}");

    private string? Secret(Source source)
    {
        try
        {
            return source.Secret is { } secret ? protector.Unprotect(secret) : null;
        }
        catch (SecretUnreadableException)
        {
            return null;
        }
    }
}
