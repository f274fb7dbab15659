using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Start;

/// <summary>A program that has stopped leaves nothing in its process: no static list, timer or listener of a library holds it. Tests
/// start many in one process, and each takes 12 MiB.</summary>
public sealed class StoppedProgramTests
{
    [Theory, DatabaseData]
    public async Task Stopped_NothingHoldsIt(DatabaseProvider provider)
    {
        var services = await RunAsync(provider);

        await Eventually.HoldsAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Task.FromResult(!services.IsAlive);
        }, TimeSpan.FromSeconds(30));
    }

    // Apart, so that no variable of the test holds what it asks about.
    private static async Task<WeakReference> RunAsync(DatabaseProvider provider)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, WithSandbox = true });
        using var taken = await app.PostEventAsync("scan.started", new { trigger = "queue" });
        taken.EnsureSuccessStatusCode();
        using var page = await (await app.SignInAsAsync(Roles.Viewer)).GetAsync("/", stop);
        page.EnsureSuccessStatusCode();
        using var metrics = await app.CreateApiClient().GetAsync("/metrics", stop);
        metrics.EnsureSuccessStatusCode();
        return new WeakReference(app.Services);
    }
}
