using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Notify.Admin.Accounts;

/// <summary>How many interactive pages each person has open on this instance. Each costs memory: one person must not use up
/// everybody's.</summary>
internal sealed class OpenPages
{
    /// <summary>More than anybody looks at; pages that were left count for up to three minutes.</summary>
    public const int Most = 100;

    private readonly ConcurrentDictionary<string, int> _open = new();

    public bool MayOpen(string userId) => _open.GetValueOrDefault(userId) < Most;

    public void Add(string userId) => _open.AddOrUpdate(userId, 1, (_, count) => count + 1);

    public void Remove(string userId)
    {
        if (_open.AddOrUpdate(userId, 0, (_, count) => count - 1) <= 0)
        {
            _open.TryRemove(new KeyValuePair<string, int>(userId, 0));
        }
    }
}

/// <summary>Counts one page.</summary>
internal sealed class OpenPageCounter(OpenPages pages, AuthenticationStateProvider authentication) : CircuitHandler
{
    private string? _userId;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _userId = (await authentication.GetAuthenticationStateAsync()).User.FindFirstValue(ClaimTypes.NameIdentifier);
        if (_userId is { } userId)
        {
            pages.Add(userId);
        }
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _userId, null) is { } userId)
        {
            pages.Remove(userId);
        }

        return Task.CompletedTask;
    }
}
