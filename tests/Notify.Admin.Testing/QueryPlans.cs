using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Notify.Admin.Data;

namespace Notify.Admin.Testing;

/// <summary>What SQLite does for the queries that some code makes: whole tables that it would read.</summary>
public sealed class QueryPlans : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private static readonly AsyncLocal<List<(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters)>?> Seen = new();

    private readonly List<IDisposable> _subscriptions = [];

    private QueryPlans() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>The queries of <paramref name="read"/> that would read a table, or an index, from its beginning to its end.</summary>
    public static async Task<IReadOnlyList<string>> ScansAsync(
        IDbContextFactory<NotifyDbContext> contexts, Func<Task> read, CancellationToken cancellationToken)
    {
        List<string> scans = [];
        foreach (var (sql, steps) in await StepsAsync(contexts, read, cancellationToken))
        {
            // What a query has read before is no table.
            var own = steps.Where(step => step.StartsWith("CO-ROUTINE ", StringComparison.Ordinal)
                || step.StartsWith("MATERIALIZE ", StringComparison.Ordinal)).Select(step => step.Split(' ')[1]).ToHashSet();
            scans.AddRange(steps.Where(step => step.StartsWith("SCAN ", StringComparison.Ordinal) && !own.Contains(step.Split(' ')[1])
                && !step.Contains("CONSTANT ROW", StringComparison.Ordinal)
                // A list of values.
                && !step.Contains(" VIRTUAL TABLE ", StringComparison.Ordinal)).Select(step => $"{step}: {sql}"));
        }

        return scans;
    }

    /// <summary>The queries of <paramref name="read"/>, and what SQLite would do for each, in its own words.</summary>
    public static async Task<IReadOnlyList<(string Sql, IReadOnlyList<string> Steps)>> StepsAsync(
        IDbContextFactory<NotifyDbContext> contexts, Func<Task> read, CancellationToken cancellationToken)
    {
        Seen.Value = [];
        using (new QueryPlans())
        {
            await read();
        }

        var queries = Seen.Value;
        Seen.Value = null;
        if (queries.Count == 0)
        {
            throw new InvalidOperationException("It made no query.");
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.OpenConnectionAsync(cancellationToken);
        List<(string Sql, IReadOnlyList<string> Steps)> plans = [];
        foreach (var (sql, parameters) in queries)
        {
            plans.Add((sql, await ExplainAsync(context.Database.GetDbConnection(), sql, parameters, cancellationToken)));
        }

        return plans;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: var key, Value: CommandEventData command } && key == RelationalEventId.CommandExecuting.Name
            && Seen.Value is { } seen)
        {
            seen.Add((command.Command.CommandText,
                [.. command.Command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]));
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());

    private static async Task<IReadOnlyList<string>> ExplainAsync(
        DbConnection connection, string sql, IReadOnlyList<(string Name, object? Value)> parameters, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
        foreach (var (name, value) in parameters)
        {
            command.Parameters.Add(new SqliteParameter(name, value ?? DBNull.Value));
        }

        List<string> steps = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            steps.Add(reader.GetString(reader.GetOrdinal("detail")));
        }

        return steps;
    }
}
