using Notify.Admin.Data;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Data;

public class SqliteCheckpointsTests
{
    private const int SchemaAndMore = 128 * 1024;

    [Fact]
    public async Task Log_OfAProgramThatRuns_IsCopiedIntoTheFile()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = DatabaseProvider.Sqlite });
        var file = new FileInfo(Path.Combine(app.Database.DataDirectory, "notify.db"));

        // Far below the log's length at which a commit would copy it.
        await Eventually.HoldsAsync(
            () =>
            {
                file.Refresh();
                return Task.FromResult(file.Length > SchemaAndMore);
            },
            TimeSpan.FromSeconds(30));
    }
}
