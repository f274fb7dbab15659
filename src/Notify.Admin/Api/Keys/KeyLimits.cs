using System.Globalization;
using Microsoft.Extensions.Options;

namespace Notify.Admin.Api;

/// <summary>The rate limits of keys and signatures: per address before they are looked up, per key after.</summary>
internal sealed class KeyLimits(IOptionsMonitor<ApiOptions> options, TimeProvider time)
{
    private readonly TokenBuckets _calls = new(time);
    private readonly TokenBuckets _failures = new(time);
    private readonly TokenBuckets _keys = new(time);

    /// <summary>Counts a call of <paramref name="address"/>.</summary>
    /// <param name="wait">When false: how long the address has to wait.</param>
    public bool AdmitAddress(string address, out TimeSpan wait)
    {
        var rate = options.CurrentValue.RequestsPerSecondPerAddress;
        return _calls.TryTake(ClientAddress.Network(address), rate, rate, out wait);
    }

    /// <summary>Whether <paramref name="address"/> has sent so many wrong keys that it has to wait before trying another.</summary>
    /// <param name="scope">What the keys are for, where those for something else are counted apart: behind one address may be many who
    /// know nothing of each other.</param>
    public bool MayGuess(string address, out TimeSpan wait, string scope = "")
    {
        var allowed = options.CurrentValue.FailuresPerMinutePerAddress;
        return _failures.HasToken(Guesses(address, scope), allowed / 60d, allowed, out wait);
    }

    /// <param name="scope">As for <see cref="MayGuess"/>.</param>
    public void CountFailure(string address, string scope = "")
    {
        var allowed = options.CurrentValue.FailuresPerMinutePerAddress;
        _failures.TryTake(Guesses(address, scope), allowed / 60d, allowed, out _);
    }

    /// <summary>Counts a call with a key that is good.</summary>
    /// <param name="kind">Keeps the ids of API keys and AccessKeys apart.</param>
    public bool AdmitKey(char kind, int id, out TimeSpan wait)
    {
        var rate = options.CurrentValue.RequestsPerSecondPerKey;
        return _keys.TryTake(string.Create(CultureInfo.InvariantCulture, $"{kind}{id}"), rate, rate, out wait);
    }

    private static string Guesses(string address, string scope) => $"{ClientAddress.Network(address)} {scope}";
}
