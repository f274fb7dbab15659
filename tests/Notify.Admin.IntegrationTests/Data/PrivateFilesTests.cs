using Notify.Admin.Data;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Data;

/// <summary>What a SQLite store leaves on the disk is open to nobody else.</summary>
public sealed class PrivateFilesTests
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    [Fact]
    public async Task Start_ClosesEveryFileAndDirectory_AlsoThoseThatWereOpen()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var database = await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite);
        await using (await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Database = database }))
        {
            ShouldBeClosed(database.DataDirectory);
        }

        foreach (var path in Everything(database.DataDirectory))
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | Others);
        }

        await using var again = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Database = database });
        ShouldBeClosed(database.DataDirectory);
    }

    [Fact]
    public async Task Start_InADirectoryThatHoldsOtherThings_LeavesItAndSaysSo()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var database = await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite);
        await File.WriteAllTextAsync(Path.Combine(database.DataDirectory, "somebody.txt"), "else's", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(database.DataDirectory, File.GetUnixFileMode(database.DataDirectory) | UnixFileMode.OtherRead);

        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Database = database });

        (File.GetUnixFileMode(database.DataDirectory) & UnixFileMode.OtherRead).ShouldBe(UnixFileMode.OtherRead);
        app.Logs.Lines.ShouldContain(line => line.Contains("may be read by other accounts", StringComparison.Ordinal));
        (File.GetUnixFileMode(Path.Combine(database.DataDirectory, "notify.db")) & Others).ShouldBe(UnixFileMode.None);
    }

    private static void ShouldBeClosed(string directory)
    {
        var everything = Everything(directory).ToList();
        everything.Select(Path.GetFileName).ShouldContain("notify.db");
        everything.Select(Path.GetFileName).ShouldContain("notify.db-wal");
        everything.ShouldContain(path => path.EndsWith(".xml", StringComparison.Ordinal), "the key ring");
        foreach (var path in everything)
        {
            if (!OperatingSystem.IsWindows())
            {
                (File.GetUnixFileMode(path) & Others).ShouldBe(UnixFileMode.None, path);
            }
        }
    }

    private static IEnumerable<string> Everything(string directory) =>
        [directory, .. Directory.EnumerateFileSystemEntries(directory, "*", SearchOption.AllDirectories)];
}
