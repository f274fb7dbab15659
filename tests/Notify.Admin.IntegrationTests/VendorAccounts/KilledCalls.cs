namespace Notify.Admin.IntegrationTests.VendorAccounts;

/// <summary>The process is gone.</summary>
internal sealed class KilledException : Exception;

/// <summary>At which of the next calls the process ends.</summary>
internal sealed class Kills
{
    private int _left;

    public bool After { get; private set; }

    public void Arm(int call, bool after) => (_left, After) = (call, after);

    public void Disarm() => _left = 0;

    public bool Count() => Interlocked.Decrement(ref _left) == 0;
}

internal sealed class KilledCalls(Kills kills) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isKilled = kills.Count();
        if (isKilled && !kills.After)
        {
            throw new KilledException();
        }

        var response = await base.SendAsync(request, cancellationToken);
        return isKilled ? throw new KilledException() : response;
    }
}
