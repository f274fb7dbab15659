using System.Diagnostics;
using System.Runtime.InteropServices;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deploy;

/// <summary>What <c>Deploy/publish</c> makes for this machine, once for all tests that look at it.</summary>
public sealed class PublishedProduct : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("notify_publish_").FullName;

    /// <summary>The unpacked folder.</summary>
    public string Folder => Path.Combine(_folder, $"notify-admin-{Platform}");

    public string Archive => $"{Folder}.tar.gz";

    private static string Platform =>
        OperatingSystem.IsMacOS() ? "osx-arm64"
        : RuntimeInformation.OSArchitecture is Architecture.Arm64 ? "linux-arm64"
        : "linux-x64";

    public async ValueTask InitializeAsync()
    {
        var start = new ProcessStartInfo(Repository.At("src", "Notify.Admin", "Deploy", "publish"), [Platform, _folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The ordinary build has run the analysers already; and compiling each library by itself takes a third of the time.
        start.Environment["PUBLISH_ARGUMENTS"] = "-p:RunAnalyzers=false -p:PublishReadyToRunComposite=false";
        using var publish = Process.Start(start)!;
        var output = await Task.WhenAll(publish.StandardOutput.ReadToEndAsync(), publish.StandardError.ReadToEndAsync());
        await publish.WaitForExitAsync();
        publish.ExitCode.ShouldBe(0, string.Concat(output));
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
