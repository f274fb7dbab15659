using System.Reflection;
using Notify.Admin.Data;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Notify.Admin.Testing;

/// <summary>Runs a theory once per store that can be tested here: <c>[Theory, DatabaseData]</c> on a method with a
/// <see cref="DatabaseProvider"/> parameter. SQLite always; PostgreSQL when <c>NOTIFY_TEST_POSTGRES</c> names a server, otherwise it is
/// reported as skipped. SQL Server when <c>NOTIFY_TEST_SQLSERVER</c> names one; without it one test says so
/// (<c>SqlServerStatementTests</c>).</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DatabaseDataAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
        [
            new TheoryDataRow<DatabaseProvider>(DatabaseProvider.Sqlite),
            new TheoryDataRow<DatabaseProvider>(DatabaseProvider.PostgreSql)
            {
                Skip = TestDatabase.PostgresServer is null
                    ? $"{TestDatabase.PostgresVariable} is not set: give the connection string of a server where databases may be created"
                    : null,
            },
            .. TestDatabase.SqlServer is null ? (IEnumerable<ITheoryDataRow>)[]
                : [new TheoryDataRow<DatabaseProvider>(DatabaseProvider.SqlServer)],
        ]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
