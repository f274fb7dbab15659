using Npgsql;

namespace Notify.Admin.Data;

/// <summary>The connection string of PostgreSQL, with what this program can do without.</summary>
internal static class PostgresConnection
{
    private const string NoReset = "No Reset On Close";

    /// <summary>Nothing here leaves a setting or a temporary table on a connection, and every advisory lock is let go: so a connection that
    /// goes back into its pool is not reset, which would cost the server a tenth of what a delivered message does. Who says otherwise in
    /// the connection string is heard.</summary>
    /// <exception cref="StartupException">It cannot be read.</exception>
    public static string Read(string given)
    {
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(given);
            connection.NoResetOnClose |= !connection.ShouldSerialize(NoReset);
            return connection.ConnectionString;
        }
        catch (ArgumentException e)
        {
            // Its text may stand in the exception: it is not repeated.
            throw new StartupException(
                "ConnectionStrings:Notify cannot be read: check its form. For PostgreSQL it is, for example: Host=localhost;Database=notify;Username=notify;Password=…", e);
        }
    }
}
