using Notify.Admin.Testing;

namespace Notify.Admin.E2ETests;

/// <summary>The real program with a sandbox beside it, for the tests of one class.</summary>
public class Product : IAsyncLifetime
{
    private NotifyAdminApp? _app;

    internal NotifyAdminApp App => _app ?? throw new InvalidOperationException("The program is not up.");

    protected virtual bool WithAdmin => true;

    /// <summary>Further configuration.</summary>
    protected virtual IReadOnlyDictionary<string, string> Configuration => new Dictionary<string, string>();

    public virtual async ValueTask InitializeAsync() => _app = await StartAsync();

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private protected virtual Task<NotifyAdminApp> StartAsync() => NotifyAdminApp.StartAsync(new NotifyAdminSettings
    {
        WithSandbox = true, WithAdmin = WithAdmin, Configuration = Configuration,
    });
}
