using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Start;

/// <summary>The built program, started with what an operator may get wrong.</summary>
public sealed class StartTests
{
    private const string Secret = "canary-of-the-connection-string";

    [Theory]
    [InlineData("Urls", "nonsense", "Urls is 'nonsense'")]
    [InlineData("Database:Provider", "Oracle", "Database:Provider is 'Oracle'")]
    [InlineData("Database:Provider", "PostgreSql", "ConnectionStrings:Notify is empty")]
    [InlineData("Database:Provider", "SqlServer", "ConnectionStrings:Notify is empty")]
    [InlineData("ConnectionStrings:Notify", "Data Sauce=x;Password=" + Secret, "ConnectionStrings:Notify")]
    [InlineData("DingTalk:AllowedWebhooks:0", "ftp://x", "DingTalk:AllowedWebhooks:0 is 'ftp://x'")]
    [InlineData("Delivery:SlackPerSecond", "fast", "Delivery:SlackPerSecond is 'fast', which is not a whole number")]
    [InlineData("Delivery:DingTalkPerMinute", "-1", "Delivery:DingTalkPerMinute is '-1'")]
    [InlineData("DataProtection:CertificatePath", "absent.pfx", "DataProtection:CertificatePath 'absent.pfx'")]
    [InlineData("Setup:AdminEmail", "nobody", "Setup:AdminEmail is 'nobody'")]
    [InlineData("Setup:AdminPassword", Secret, "Setup:AdminEmail is empty")]
    [InlineData("Proxy:Trusted:0", "proxy.example", "Proxy:Trusted:0 is 'proxy.example'")]
    [InlineData("Smtp:Security", "Ssl", "Smtp:Security is 'Ssl', which is not one of None, StartTls, Tls")]
    [InlineData("Smtp:Password", Secret, "Smtp:Host is empty")]
    [InlineData("Proxy:PathBase", "notify", "Proxy:PathBase is 'notify'")]
    [InlineData("DataDirectory", "/dev/null/data", "DataDirectory '/dev/null/data'")]
    public async Task Start_WrongValue_EndsWithOneLineThatNamesTheKey(string key, string value, string expected)
    {
        await using var process = NotifyAdminProcess.Start(new Dictionary<string, string> { [key] = value });

        await ShouldEndWithOneLineAsync(process, expected);
    }

    [Fact]
    public async Task Start_UnreachablePostgres_EndsWithOneLineWithoutThePassword()
    {
        await using var process = NotifyAdminProcess.Start(new Dictionary<string, string>
        {
            ["Database:Provider"] = "PostgreSql",
            ["ConnectionStrings:Notify"] = $"Host=127.0.0.1;Port={FreePort()};Username=notify;Password={Secret};Timeout=5",
        });

        await ShouldEndWithOneLineAsync(process, "ConnectionStrings:Notify");
    }

    [Fact]
    public async Task Start_SecondProcessOnOneSqliteFile_EndsWithOneLine()
    {
        await using var database = await TestDatabase.CreateEmptyAsync(Admin.Data.DatabaseProvider.Sqlite);
        await using var first = NotifyAdminProcess.Start(database.Configuration);
        await first.ListeningAsync(TestContext.Current.CancellationToken);

        await using var second = NotifyAdminProcess.Start(database.Configuration);

        await ShouldEndWithOneLineAsync(second, "in use by another Notify.Admin process");
    }

    [Fact]
    public async Task Start_CorruptStore_EndsWithOneLine()
    {
        await using var database = await TestDatabase.CreateEmptyAsync(Admin.Data.DatabaseProvider.Sqlite);
        await File.WriteAllTextAsync(Path.Combine(database.DataDirectory, "notify.db"), new string('x', 8192),
            TestContext.Current.CancellationToken);

        await using var process = NotifyAdminProcess.Start(database.Configuration);

        await ShouldEndWithOneLineAsync(process, "The Sqlite store cannot be opened");
    }

    [Fact]
    public async Task Start_StoreOfAnotherVersion_EndsWithOneLineAndChangesNothing()
    {
        await using var database = await TestDatabase.CreateEmptyAsync(Admin.Data.DatabaseProvider.Sqlite);
        var store = $"Data Source={Path.Combine(database.DataDirectory, "notify.db")};Pooling=False";
        await RunSqlAsync(store, """
            PRAGMA journal_mode=WAL;
            CREATE TABLE "__EFMigrationsHistory" ("MigrationId" TEXT NOT NULL PRIMARY KEY, "ProductVersion" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsHistory" VALUES ('20261121112611_Initial', '10.0.14');
            """);

        await using var process = NotifyAdminProcess.Start(database.Configuration);

        await ShouldEndWithOneLineAsync(process, "was made by another version of Notify.Admin");
        (await RunSqlAsync(store, "SELECT group_concat(\"name\") FROM sqlite_master WHERE \"type\" = 'table'"))
            .ShouldBe("__EFMigrationsHistory");
        (await RunSqlAsync(store, "SELECT group_concat(\"MigrationId\") FROM \"__EFMigrationsHistory\""))
            .ShouldBe("20261121112611_Initial");
    }

    [Fact]
    public async Task Start_EmptyStoreWithoutSetup_PrintsTheSetupCodeAndServes()
    {
        await using var process = NotifyAdminProcess.Start([]);

        var address = await process.ListeningAsync(TestContext.Current.CancellationToken);

        using var client = new HttpClient { BaseAddress = address };
        using var ready = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        ready.EnsureSuccessStatusCode();
        process.Errors.ShouldBeEmpty();
    }

    private static async Task ShouldEndWithOneLineAsync(NotifyAdminProcess process, string expected)
    {
        (await process.ExitAsync(TestContext.Current.CancellationToken)).ShouldBe(1, process.Output + process.Errors);

        var line = process.Errors.Trim();
        line.ShouldStartWith("Notify.Admin cannot start: ");
        line.ShouldContain(expected);
        line.ShouldNotContain("\n");
        process.Output.ShouldNotContain("   at ");
        (process.Output + process.Errors).ShouldNotContain(Secret);
    }

    private static async Task<object?> RunSqlAsync(string connectionString, string sql)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        return ((System.Net.IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
