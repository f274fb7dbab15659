using System.Diagnostics;
using System.IO.Compression;
using Microsoft.Data.Sqlite;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.IntegrationTests.Proofs;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Npgsql;

namespace Notify.Admin.IntegrationTests.Data;

/// <summary>A backup, taken while the program runs, restored where nothing but the backup is.</summary>
public sealed class BackupTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData(StoreFeature.CopyTools)]
    public async Task Restore_OnAnotherMachine_SendsWithTheOldSecret(DatabaseProvider provider)
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        await using var elsewhere = await TestDatabase.CreateEmptyAsync(provider);
        await using (var first = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, Sandbox = sandbox }))
        {
            await first.AddSlackIntegrationAsync("C0ALERTS01");
            await CopyAsync(first.Database, elsewhere);
            // What is changed after the backup is not in it.
            await first.AddSlackIntegrationAsync("C0SECOPS01");
        }

        // Without the Setup settings: people, keys and channels can only come from the backup.
        await using var second = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Database = elsewhere, Sandbox = sandbox,
            WithAdmin = false });
        using var accepted = await second.PostEventAsync("scan.completed", new { avgThreat = "High" });
        accepted.EnsureSuccessStatusCode();

        var delivery = (await second.WaitForDeliveriesAsync(deliveries => deliveries.Count > 0
            && deliveries.All(d => d.State == DeliveryState.Sent))).ShouldHaveSingleItem();
        delivery.ChannelId.ShouldBe(1);
        sandbox.Messages.All.Count.ShouldBe(1);
        using var login = await NotifyAdminApp.SubmitLoginAsync(second.CreateClient(), NotifyAdminSettings.AdminEmail,
            NotifyAdminSettings.AdminPassword);
        login.StatusCode.ShouldBe(System.Net.HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Backup_OfARunningProgram_IsOneFileForThisAccountOnly()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var file = Path.Combine(app.Database.DataDirectory, "backup.zip");

        (await RunAsync(app.Database, "backup", file)).ShouldBe("");

        using var zip = ZipFile.OpenRead(file);
        zip.Entries.Select(entry => entry.FullName).Order()
            .ShouldBe([.. Directory.GetFiles(Path.Combine(app.Database.DataDirectory, "keys"))
            .Select(key => $"keys/{Path.GetFileName(key)}").Order(), "notify.db"]);
        Directory.GetFiles(app.Database.DataDirectory, "backup*").ShouldBe([file]);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await RunAsync(app.Database, "backup", file)).ShouldContain("exists");
        (await RunAsync(app.Database, "restore", file)).ShouldContain("in use by another");
    }

    [Fact]
    public async Task Restore_OverAStore_IsRefused()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var file = Path.Combine(app.Database.DataDirectory, "backup.zip");
        (await RunAsync(app.Database, "backup", file)).ShouldBe("");
        await app.StopAsync();

        (await RunAsync(app.Database, "restore", file)).ShouldContain("holds a store or keys already");
    }

    [Theory]
    [InlineData("-wal")]
    [InlineData("-shm")]
    [InlineData("-journal")]
    public async Task Restore_BesideWhatIsLeftOfAnotherStore_IsRefused_AndNamesIt(string suffix)
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await using var database = await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite);
        var file = Path.Combine(app.Database.DataDirectory, "backup.zip");
        (await RunAsync(app.Database, "backup", file)).ShouldBe("");
        var left = Path.Combine(database.DataDirectory, "notify.db" + suffix);
        await File.WriteAllTextAsync(left, "of another store", Stop);

        (await RunAsync(database, "restore", file)).ShouldContain(left);
        File.Delete(left);
        (await RunAsync(database, "restore", file)).ShouldBe("");
    }

    [Fact]
    public async Task Restore_ThatFailsAtItsEnd_LeavesNoKeys_AndCanBeTriedAgain()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await using var database = await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite);
        var file = Path.Combine(app.Database.DataDirectory, "backup.zip");
        (await RunAsync(app.Database, "backup", file)).ShouldBe("");
        var inTheWay = Directory.CreateDirectory(Path.Combine(database.DataDirectory, "notify.db"));

        (await RunAsync(database, "restore", file)).ShouldContain("cannot be restored");
        inTheWay.Delete();
        (await RunAsync(database, "restore", file)).ShouldBe("");
    }

    [Fact]
    public async Task Backup_IntoAFolderThatIsNotThere_SaysSoInOneLine()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        var errors = await RunAsync(app.Database, "backup", Path.Combine(app.Database.DataDirectory, "nowhere", "backup.zip"));

        errors.ShouldContain("cannot be written");
        errors.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("no archive at all")]
    [InlineData(null)]
    public async Task Restore_OfWhatIsNoBackup_LeavesNothing(string? content)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite);
        await using var other = await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite);
        var file = Path.Combine(other.DataDirectory, "backup.zip");
        if (content is not null)
        {
            await File.WriteAllTextAsync(file, content, Stop);
        }

        (await RunAsync(database, "restore", file)).ShouldContain("cannot be restored");

        File.Exists(Path.Combine(database.DataDirectory, "notify.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task Restore_OfANewerStore_IsRefused()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await using var database = await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite);
        var file = Path.Combine(app.Database.DataDirectory, "backup.zip");
        await app.Database.ExecuteAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99.0.0')");

        // It is no less a backup than any; but this program must not open it.
        (await RunAsync(app.Database, "backup", file)).ShouldContain("newer version");
        (await RunAsync(database, "restore", file)).ShouldContain("cannot be restored");
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("restore")]
    public async Task Command_WithoutAFile_SaysSo(string command)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite);

        (await RunAsync(database, command)).ShouldContain($"'{command}'");
    }

    private static async Task CopyAsync(TestDatabase from, TestDatabase to)
    {
        if (from.Provider == DatabaseProvider.Sqlite)
        {
            var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip");
            (await RunAsync(from, "backup", file)).ShouldBe("");
            (await RunAsync(to, "restore", file)).ShouldBe("");
            File.Delete(file);
            SqliteConnection.ClearAllPools();
            return;
        }

        var dump = Path.Combine(to.DataDirectory, "notify.dump");
        await ToolAsync("pg_dump", from, "--format=custom", "--file", dump);
        await ToolAsync("pg_restore", to, "--no-owner", "--exit-on-error", dump, "--dbname",
            new NpgsqlConnectionStringBuilder(to.ConnectionString).Database!);
    }

    /// <summary>What it wrote to standard error.</summary>
    private static async Task<string> RunAsync(TestDatabase database, params string[] arguments)
    {
        await using var process = NotifyAdminProcess.Start(database.Configuration, arguments);
        var code = await process.ExitAsync(Stop);
        (code == 0).ShouldBe(process.Errors.Trim().Length == 0, process.Errors);
        return process.Errors.Trim();
    }

    private static async Task ToolAsync(string tool, TestDatabase database, params string[] arguments)
    {
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var start = new ProcessStartInfo(
            PostgresServer.Programs is { } programs ? Path.Combine(programs, tool) : tool,
            ["--host", server.Host!, "--port", $"{server.Port}", "--username", server.Username!, .. tool == "pg_dump"
            ? ["--dbname", server.Database!] : Array.Empty<string>(), .. arguments])
        {
            RedirectStandardError = true,
        };
        start.Environment["PGPASSWORD"] = server.Password;
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        process.ExitCode.ShouldBe(0, errors);
    }
}
