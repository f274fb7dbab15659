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
/// <param name="needs">What a store must have for the test to be about it; others are left out.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DatabaseDataAttribute(params StoreFeature[] needs) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
            [.. Here().Where(row => Array.TrueForAll(needs, need => row.Data.Has(need)))]);

    public override bool SupportsDiscoveryEnumeration() => true;

    private static IEnumerable<TheoryDataRow<DatabaseProvider>> Here()
    {
        yield return new(DatabaseProvider.Sqlite);
        yield return new(DatabaseProvider.PostgreSql)
        {
            Skip = TestDatabase.PostgresServer is null
                ? $"{TestDatabase.PostgresVariable} is not set: give the connection string of a server where databases may be created"
                : null,
        };
        if (TestDatabase.SqlServer is not null)
        {
            yield return new(DatabaseProvider.SqlServer);
        }
    }
}
