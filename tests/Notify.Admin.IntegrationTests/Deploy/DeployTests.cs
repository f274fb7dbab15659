using System.Diagnostics;
using System.Text.RegularExpressions;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deploy;

/// <summary>The self-contained program and the systemd unit, as <c>Deploy/README.md</c> tells people to use them.</summary>
public sealed partial class DeployTests(PublishedProduct published) : IClassFixture<PublishedProduct>
{
    [Fact]
    public async Task Program_OnAMachineWithoutDotNet_ServesPagesAndTheirFiles()
    {
        await using var process = NotifyAdminProcess.StartPublished(published.Folder, []);

        var address = await process.ListeningAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = address };
        using var ready = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        ready.EnsureSuccessStatusCode();
        var page = await client.GetStringAsync("/setup", TestContext.Current.CancellationToken);
        var files = LinkedFile().Matches(page).Select(match => match.Groups[1].Value).ToList();
        files.ShouldNotBeEmpty();
        foreach (var file in files)
        {
            using var answer = await client.GetAsync(file, TestContext.Current.CancellationToken);
            answer.IsSuccessStatusCode.ShouldBeTrue($"{file}: {answer.StatusCode}");
        }

        process.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void Folder_HasTheNativeLibrariesOfOnePlatform()
    {
        Directory.Exists(Path.Combine(published.Folder, "runtimes")).ShouldBeFalse();
        Directory.EnumerateFiles(published.Folder, "*e_sqlite3*")
            .Count(file => !file.EndsWith("provider.e_sqlite3.dll", StringComparison.Ordinal))
            .ShouldBe(1);
        File.Exists(published.Archive).ShouldBeTrue();
    }

    [Fact]
    public async Task Unit_IsTakenBySystemd()
    {
        if (!File.Exists("/usr/bin/systemd-analyze"))
        {
            Assert.Skip("systemd-analyze is not installed");
        }

        var unit = Path.Combine(Directory.CreateTempSubdirectory("notify_unit_").FullName, "notify-admin.service");
        var text = await File.ReadAllTextAsync(Path.Combine(published.Folder, "notify-admin.service"),
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            unit, text.Replace("/opt/notify-admin", published.Folder, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        using var analyze = Process.Start(new ProcessStartInfo("/usr/bin/systemd-analyze",
            ["verify", unit]) { RedirectStandardError = true })!;
        var said = await analyze.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await analyze.WaitForExitAsync(TestContext.Current.CancellationToken);
        Directory.Delete(Path.GetDirectoryName(unit)!, recursive: true);

        // Other units of the machine are looked at too: only what is said of this one counts.
        said.Split('\n').Where(line => line.Contains("notify-admin", StringComparison.Ordinal)).ShouldBeEmpty();
        analyze.ExitCode.ShouldBe(0, said);
    }

    [GeneratedRegex("""<(?:link rel="stylesheet" href|script src)="([^"]+)""")]
    private static partial Regex LinkedFile();
}
