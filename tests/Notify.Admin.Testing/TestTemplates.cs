using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Npgsql;

namespace Notify.Admin.Testing;

/// <summary>Stores that have the schema and no rows, made once by a process, for <see cref="TestDatabase"/> to copy.</summary>
internal static class TestTemplates
{
    private static readonly Lazy<Task<string>> Sqlite = new(MakeSqliteAsync);
    private static readonly Lazy<Task<string>> Postgres = new(MakePostgresAsync);

    /// <summary>The file; nobody has it open.</summary>
    public static Task<string> SqliteAsync() => Sqlite.Value;

    /// <summary>The database's name; nobody is connected to it.</summary>
    public static Task<string> PostgresAsync() => Postgres.Value;

    private static async Task<string> MakeSqliteAsync()
    {
        var directory = Directory.CreateTempSubdirectory("notify_template_").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(directory, recursive: true);
        var file = Path.Combine(directory, "template.db");
        await using var database = await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite);
        await database.MigrateAsync(CancellationToken.None);
        // Also what is still in the log beside the file.
        await database.ExecuteAsync($"VACUUM INTO '{file}'");
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL";
        await command.ExecuteNonQueryAsync();
        return file;
    }

    private static async Task<string> MakePostgresAsync()
    {
        var name = $"notify_template_{Environment.ProcessId}_{Guid.NewGuid():N}";
        await TestDatabase.OnServerAsync($"CREATE DATABASE {name}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            TestDatabase.OnServerAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)").GetAwaiter().GetResult();
        var connection = new NpgsqlConnectionStringBuilder(TestDatabase.PostgresServer) { Database = name, Pooling = false };
        var contexts = new ProviderContextFactory(new DatabaseOptions
        {
            Provider = DatabaseProvider.PostgreSql, ConnectionString = connection.ConnectionString, DataDirectory = "",
        });
        await using var context = contexts.CreateDbContext();
        await context.Database.MigrateAsync();
        return name;
    }
}
