using System.Data.Common;
using System.Text;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Notify.Admin.Data;
using Npgsql;

namespace Notify.Admin.Testing;

/// <summary>A store for one test, with the schema and no rows: a SQLite file in a directory of its own, or a database of its own on
/// PostgreSQL or SQL Server. Gone when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    public const string PostgresVariable = "NOTIFY_TEST_POSTGRES";
    public const string SqlServerVariable = "NOTIFY_TEST_SQLSERVER";

    private const string FileName = "notify.db";

    // Otherwise EF adds one, and the pool to clear is another.
    private const string ApplicationName = "Notify.Admin tests";

    private TestDatabase(DatabaseProvider provider, string connectionString, string dataDirectory)
    {
        Provider = provider;
        ConnectionString = connectionString;
        DataDirectory = dataDirectory;
    }

    /// <summary>The connection string of a server where databases may be created; null where there is none.</summary>
    public static string? PostgresServer => Environment.GetEnvironmentVariable(PostgresVariable) is { Length: > 0 } server ? server : null;

    /// <summary>The same for SQL Server.</summary>
    public static string? SqlServer => Environment.GetEnvironmentVariable(SqlServerVariable) is { Length: > 0 } server ? server : null;

    public DatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    public string DataDirectory { get; }

    /// <summary>The configuration that makes the product use this store.</summary>
    public IReadOnlyDictionary<string, string> Configuration => new Dictionary<string, string>
    {
        ["DataDirectory"] = DataDirectory,
        ["Database:Provider"] = Provider.ToString(),
        ["ConnectionStrings:Notify"] = ConnectionString,
    };

    internal DatabaseOptions Options => new() { Provider = Provider, ConnectionString = ConnectionString, DataDirectory = DataDirectory };

    /// <summary>A copy of the one that this process has migrated: the steps take longer than most tests.</summary>
    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider)
    {
        switch (provider)
        {
            case DatabaseProvider.Sqlite:
                var file = await TestTemplates.SqliteAsync();
                var copy = await CreateEmptyAsync(provider);
                File.Copy(file, Path.Combine(copy.DataDirectory, FileName));
                return copy;
            case DatabaseProvider.PostgreSql:
                return await CreateAsync(provider, $"TEMPLATE {await TestTemplates.PostgresAsync()}");
            default:
                return await CreateEmptyAsync(provider);
        }
    }

    /// <summary>For tests of the schema's own steps: without any table.</summary>
    public static Task<TestDatabase> CreateEmptyAsync(DatabaseProvider provider) => CreateAsync(provider, "");

    private static async Task<TestDatabase> CreateAsync(DatabaseProvider provider, string template)
    {
        var name = $"notify_test_{Guid.NewGuid():N}";
        var directory = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), name)).FullName;
        if (provider == DatabaseProvider.Sqlite)
        {
            return new TestDatabase(provider, $"Data Source={Path.Combine(directory, FileName)}", directory);
        }

        if (provider == DatabaseProvider.SqlServer)
        {
            await OnSqlServerAsync($"CREATE DATABASE {name}", $"ALTER DATABASE {name} SET READ_COMMITTED_SNAPSHOT ON");
            var made = new SqlConnectionStringBuilder(SqlServer)
            {
                InitialCatalog = name, MaxPoolSize = 20, ApplicationName = ApplicationName,
            };
            return new TestDatabase(provider, made.ConnectionString, directory);
        }

        await OnServerAsync($"CREATE DATABASE {name} {template}");
        var connection = new NpgsqlConnectionStringBuilder(PostgresServer) { Database = name, MaxPoolSize = 20 };
        return new TestDatabase(provider, connection.ConnectionString, directory);
    }

    /// <summary>For tests of stores: contexts of this store, with the schema in place.</summary>
    public async Task<IDbContextFactory<NotifyDbContext>> MigrateAsync(CancellationToken cancellationToken)
    {
        var contexts = new ProviderContextFactory(Options);
        await using var context = contexts.CreateDbContext();
        await context.Database.MigrateAsync(cancellationToken);
        return contexts;
    }

    /// <summary>For tests of stores that search: this store's index of texts, still empty.</summary>
    internal async Task<EventTextIndex> IndexTextsAsync(CancellationToken cancellationToken)
    {
        var index = new EventTextIndex(Options, NullLogger<EventTextIndex>.Instance);
        await using var context = new ProviderContextFactory(Options).CreateDbContext();
        await index.CreateAsync(context, cancellationToken);
        return index;
    }

    /// <summary>Runs statements on the store itself, as a repair or a crash would leave it.</summary>
    public async Task ExecuteAsync(params string[] statements)
    {
        var contexts = new ProviderContextFactory(Options);
        await using var context = contexts.CreateDbContext();
        // A statement may write millions of rows.
        context.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        foreach (var statement in statements)
        {
            await context.Database.ExecuteSqlRawAsync(statement);
        }
    }

    /// <summary>All files of the store's directory, byte by byte as Latin-1.</summary>
    public async Task<string> ReadFilesAsync(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(DataDirectory, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync(cancellationToken));
        }

        return text.ToString();
    }

    /// <summary>All that the store holds, as text: its files, or every row of every table. Bytes are hexadecimal or base64.</summary>
    public Task<string> ReadAllAsync(CancellationToken cancellationToken) => Provider switch
    {
        DatabaseProvider.Sqlite => ReadFilesAsync(cancellationToken),
        DatabaseProvider.PostgreSql => ReadPostgresAsync(cancellationToken),
        DatabaseProvider.SqlServer => ReadSqlServerAsync(cancellationToken),
    };

    public async ValueTask DisposeAsync()
    {
        ClearPools();
        if (Provider == DatabaseProvider.PostgreSql)
        {
            await OnServerAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(ConnectionString).Database} WITH (FORCE)");
        }

        if (Provider == DatabaseProvider.SqlServer)
        {
            var name = new SqlConnectionStringBuilder(ConnectionString).InitialCatalog;
            await OnSqlServerAsync($"ALTER DATABASE {name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE", $"DROP DATABASE {name}");
        }

        try
        {
            Directory.Delete(DataDirectory, recursive: true);
        }
        catch (IOException)
        {
            // Something still writes there; the system clears its temporary directory.
        }
    }

    // Connections in a pool stay for minutes. Until then the timer of SQLite's pool holds what flowed with the call that made it: of a
    // program that a test started, all its services. The product changes the connection string, and a pool belongs to one: it is asked.
    private void ClearPools()
    {
        var contexts = new ProviderContextFactory(Options);
        foreach (var create in (Func<NotifyDbContext>[])[contexts.CreateDbContext, contexts.CreateForIntake])
        {
            using var context = create();
            switch (context.Database.GetDbConnection())
            {
                case SqliteConnection sqlite:
                    SqliteConnection.ClearPool(sqlite);
                    break;
                case NpgsqlConnection postgres:
                    NpgsqlConnection.ClearPool(postgres);
                    break;
                case SqlConnection sqlServer:
                    SqlConnection.ClearPool(sqlServer);
                    break;
            }
        }
    }

    private async Task<string> ReadPostgresAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var text = new StringBuilder();
        // Of a table in partitions, these.
        foreach (var table in await ReadColumnAsync(connection, """
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
            """, cancellationToken))
        {
            using var copy = await connection.BeginTextExportAsync($"COPY {table} TO STDOUT", cancellationToken);
            text.Append(await copy.ReadToEndAsync(cancellationToken));
        }

        return text.ToString();
    }

    private async Task<string> ReadSqlServerAsync(CancellationToken cancellationToken)
    {
        await using var connection = new SqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var text = new StringBuilder();
        foreach (var table in await ReadColumnAsync(connection,
            "SELECT QUOTENAME(SCHEMA_NAME([schema_id])) + N'.' + QUOTENAME([name]) FROM sys.tables", cancellationToken))
        {
            // A long text comes in several rows.
            text.AppendJoin("", await ReadColumnAsync(connection, $"SELECT * FROM {table} FOR JSON PATH", cancellationToken));
        }

        return text.ToString();
    }

    private static async Task<IReadOnlyList<string>> ReadColumnAsync(DbConnection connection, string query,
        CancellationToken cancellationToken)
    {
        List<string> values = [];
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // names from the server's own catalogue
        command.CommandText = query;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    private static async Task OnSqlServerAsync(params string[] statements)
    {
        var server = new SqlConnectionStringBuilder(SqlServer
            ?? throw new InvalidOperationException($"{SqlServerVariable} is not set."))
        {
            InitialCatalog = "master",
            Pooling = false,
        };
        await using var connection = new SqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        foreach (var statement in statements)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync();
        }
    }

    internal static async Task OnServerAsync(string sql)
    {
        // Without a pool: it would keep a connection to the maintenance database per test.
        var server = new NpgsqlConnectionStringBuilder(PostgresServer
            ?? throw new InvalidOperationException($"{PostgresVariable} is not set."))
        {
            Database = "postgres",
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
