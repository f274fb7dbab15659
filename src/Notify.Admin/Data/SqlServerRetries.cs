using Microsoft.EntityFrameworkCore.Storage;

namespace Notify.Admin.Data;

/// <summary>Tries again what SQL Server did nothing of: a statement or a save by itself, or a whole unit of work
/// (<see cref="Transactions"/>). A statement within a transaction goes through as it is: what was done before it is undone with it, so
/// whoever began the transaction begins again.</summary>
/// <remarks>The framework's own also repeats what may have been done, after a time-out or a lost connection, and refuses every transaction
/// that somebody began.</remarks>
internal sealed class SqlServerRetries(ExecutionStrategyDependencies dependencies)
    : ExecutionStrategy(dependencies, MostRetries, LongestWait)
{
    // At once, then after about one, three and five seconds.
    private const int MostRetries = 4;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    // Without the base's refusal of transactions that are under way.
    protected override void OnFirstExecution() => ExceptionsEncountered.Clear();

    protected override bool ShouldRetryOn(Exception exception) =>
        Dependencies.CurrentContext.Context.Database.CurrentTransaction is null && StoreErrors.WasNotDone(exception);
}
