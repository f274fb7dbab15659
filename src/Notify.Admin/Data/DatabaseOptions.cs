namespace Notify.Admin.Data;

/// <summary>Which database holds the store.</summary>
public enum DatabaseProvider
{
    Sqlite,
    PostgreSql,
    SqlServer,
}

/// <summary>Where the store is: <c>Database:Provider</c>, <c>ConnectionStrings:Notify</c> and <c>DataDirectory</c>.</summary>
public sealed class DatabaseOptions
{
    public required DatabaseProvider Provider { get; init; }

    /// <summary>A secret: it may hold a password. Never logged.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Absolute path of the directory for the SQLite file, its lock and, with SQLite, the data-protection keys.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Reads and checks the three keys.</summary>
    /// <exception cref="StartupException">A value is wrong; the message names the key and the mend.</exception>
    public static DatabaseOptions Read(IConfiguration configuration)
    {
        var directory = Path.GetFullPath(configuration["DataDirectory"] is { Length: > 0 } given ? given : "data");
        var name = configuration["Database:Provider"] ?? nameof(DatabaseProvider.Sqlite);
        if (!Enum.TryParse<DatabaseProvider>(name, ignoreCase: true, out var provider) || !Enum.IsDefined(provider)
            || int.TryParse(name, out _))
        {
            throw new StartupException($"Database:Provider is '{name}'. Use Sqlite, PostgreSql or SqlServer.");
        }

        var connectionString = configuration.GetConnectionString("Notify");
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            if (provider != DatabaseProvider.Sqlite)
            {
                throw new StartupException($"ConnectionStrings:Notify is empty. Database:Provider {provider} needs the connection string of its database.");
            }

            connectionString = $"Data Source={Path.Combine(directory, "notify.db")}";
        }

        return new DatabaseOptions { Provider = provider, ConnectionString = connectionString, DataDirectory = directory };
    }
}
