using Npgsql;

namespace Notify.Admin.Data;

/// <summary>The connection string of PostgreSQL, with what this program can do without.</summary>
internal static class PostgresConnection
{
    private const string NoReset = "No Reset On Close";
    private const string KeepAlive = "TCP Keepalive";

    // Sooner than what lies between forgets a connection on which nothing is said.
    private const int KeepAliveSeconds = 30;

    /// <summary>Nothing here leaves a setting or a temporary table on a connection, and every advisory lock is let go: so a connection that
    /// goes back into its pool is not reset, which would cost the server a tenth of what a delivered message does. Some connections stay
    /// open while nothing comes: they are kept alive, since a firewall that forgets one in silence would have the next events wait on it
    /// until they are refused. What the connection string says otherwise holds.</summary>
    /// <exception cref="StartupException">It cannot be read.</exception>
    public static string Read(string given)
    {
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(given);
            connection.NoResetOnClose |= !connection.ShouldSerialize(NoReset);
            if (!connection.ShouldSerialize(KeepAlive))
            {
                (connection.TcpKeepAlive, connection.TcpKeepAliveTime, connection.TcpKeepAliveInterval) =
                    (true, KeepAliveSeconds, KeepAliveSeconds);
            }

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
