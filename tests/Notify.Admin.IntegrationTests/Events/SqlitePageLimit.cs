using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Notify.Admin.IntegrationTests.Events;

/// <summary>Keeps a SQLite store of this process from growing, as a full disk does, with SQLite's own error. The limit belongs to a
/// connection, so every connection gets it when it is opened, or handed out by the pool; and one that stays open with each
/// transaction.</summary>
internal sealed class SqlitePageLimit : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    // SQLite's default.
    private const long Unlimited = 1_073_741_823;

    private readonly string _connectionString;
    private readonly string _file;
    private readonly List<IDisposable> _subscriptions = [];
    private long _most = Unlimited;

    public SqlitePageLimit(string connectionString)
    {
        (_connectionString, _file) = (connectionString, new SqliteConnectionStringBuilder(connectionString).DataSource);
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <param name="more">How many pages may still be added.</param>
    public async Task SetAsync(int more, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA page_count";
        _most = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) + more;
    }

    public void Lift() => _most = Unlimited;

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.ConnectionOpened.Name
            && value.Value is ConnectionEndEventData { Connection: SqliteConnection connection } && connection.DataSource == _file)
        {
            Limit(connection);
        }
        else if (value.Key == RelationalEventId.TransactionStarted.Name
            && value.Value is TransactionEndEventData { Transaction.Connection: SqliteConnection begun } && begun.DataSource == _file)
        {
            Limit(begun);
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }

    private void Limit(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count={_most}");
        command.ExecuteNonQuery();
    }
}
