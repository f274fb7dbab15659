using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Notify.Admin.Data;

/// <summary>Has PostgreSQL keep the plans of the few statements that are sent again and again. Parsing and planning those anew costs it
/// more than running them, and as much again for each partition of a table. Not of all: what a page asks is planned best for the values it
/// asks with.</summary>
internal sealed class KeptPlans : DbCommandInterceptor
{
    /// <summary>Of a query whose plan is kept (<c>TagWith</c>). With every provider its statement begins with this as a comment.</summary>
    public const string Tag = "kept";

    private const string Comment = $"-- {Tag}";

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        await PrepareAsync(command, cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await PrepareAsync(command, cancellationToken);
        return result;
    }

    // A connection keeps what it has prepared, in its pool as well, and knows it by its text.
    private static Task PrepareAsync(DbCommand command, CancellationToken cancellationToken) =>
        command.CommandText.StartsWith(Comment, StringComparison.Ordinal) ? command.PrepareAsync(cancellationToken) : Task.CompletedTask;
}
