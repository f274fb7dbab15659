using Xunit;

namespace Notify.Admin.Testing;

/// <summary>One program for those tests of a class that leave nothing behind which another of them would find; the others start their
/// own. A subclass says how it is started.</summary>
public class SharedApp : IAsyncLifetime
{
    private NotifyAdminApp? _app;

    public NotifyAdminApp App => _app ?? throw new InvalidOperationException("The program is not up.");

    protected virtual NotifyAdminSettings Settings => new();

    public async ValueTask InitializeAsync() => _app = await NotifyAdminApp.StartAsync(Settings);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}
