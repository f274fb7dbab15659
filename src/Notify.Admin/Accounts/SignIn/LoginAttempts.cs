using System.Collections.Concurrent;
using Notify.Admin.Api;

namespace Notify.Admin.Accounts;

/// <summary>Why an attempt is not looked at.</summary>
internal enum AttemptHold
{
    None = 1,

    /// <summary>The network address has failed too often.</summary>
    Throttled = 2,

    /// <summary>The account, or this known browser of it, has.</summary>
    Locked = 3,
}

/// <summary>Counts failed log-ins in memory: per address, to slow guessing down, and per e-mail address whether or not such an account
/// exists, so that the answer does not tell; a known browser by itself. The account's own lockout, which holds on all instances, is in the
/// store.</summary>
internal sealed class LoginAttempts(TimeProvider time)
{
    /// <summary>Failures after which log-in is refused for a while.</summary>
    public const int Allowed = 5;

    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(5);

    private const int FailuresPerMinutePerAddress = 20;
    private const int TrimAbove = 10_000;

    private readonly TokenBuckets _addresses = new(time);
    private readonly ConcurrentDictionary<string, Failures> _emails = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether <paramref name="address"/> may try at all.</summary>
    public bool Admits(string address) =>
        _addresses.HasToken(ClientAddress.Network(address), FailuresPerMinutePerAddress / 60d, FailuresPerMinutePerAddress, out _);

    public bool IsLocked(string email) => _emails.TryGetValue(email, out var failures) && failures.LockedUntil > time.GetUtcNow();

    /// <summary>Whether an attempt is held off. It is asked before a secret is checked and again after: of many that are sent at once none
    /// counts that is answered after the lock fell.</summary>
    /// <param name="browser">From <see cref="KnownBrowsers"/>; null where the browser is not known.</param>
    public AttemptHold HoldOf(string? browser, string email, string address) =>
        browser is null && !Admits(address) ? AttemptHold.Throttled
        : IsLocked(browser ?? email) ? AttemptHold.Locked
        : AttemptHold.None;

    /// <summary>Counts a failure of a known browser for itself, since it is nobody else's; any other for the account and the network
    /// address.</summary>
    /// <param name="browser">From <see cref="KnownBrowsers"/>; null where the browser is not known.</param>
    public void CountFailure(string? browser, string email, string address)
    {
        if (browser is null)
        {
            CountFailure(email, address);
        }
        else
        {
            Count(browser);
        }
    }

    public void CountFailure(string email, string address)
    {
        _addresses.TryTake(ClientAddress.Network(address), FailuresPerMinutePerAddress / 60d, FailuresPerMinutePerAddress, out _);
        Count(email);
    }

    public void Forget(string email) => _emails.TryRemove(email, out _);

    private void Count(string name)
    {
        if (_emails.Count >= TrimAbove)
        {
            Trim();
        }

        var now = time.GetUtcNow();
        _emails.AddOrUpdate(name, _ => new Failures(1, now, default), (_, before) =>
        {
            // A failure that was under way when the lock fell does not open it.
            if (before.LockedUntil > now)
            {
                return before;
            }

            var count = now - before.Last > LockedFor || before.LockedUntil != default ? 1 : before.Count + 1;
            return count >= Allowed ? new Failures(0, now, now + LockedFor) : new Failures(count, now, default);
        });
    }

    private void Trim()
    {
        var now = time.GetUtcNow();
        foreach (var (email, failures) in _emails)
        {
            if (now - failures.Last > LockedFor)
            {
                _emails.TryRemove(email, out _);
            }
        }

        if (_emails.Count >= TrimAbove)
        {
            _emails.Clear();
        }
    }

    private sealed record Failures(int Count, DateTimeOffset Last, DateTimeOffset LockedUntil);
}
