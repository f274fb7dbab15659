using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Data;

public class ContextsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Create_AfterAPatientOne_IsAsNew(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        using var patient = new PatientContexts(contexts);
        await using (var one = await patient.CreateDbContextAsync(Stop))
        {
            one.ServerSettings.Add(new ServerSetting { Key = "a", Value = "1" });
            await one.Database.BeginTransactionAsync(Stop);
            await one.SaveChangesAsync(Stop);
        }

        await using var next = await contexts.CreateDbContextAsync(Stop);
        next.IsPatient.ShouldBeFalse();
        next.Database.AutoSavepointsEnabled.ShouldBeTrue();
        next.Database.CurrentTransaction.ShouldBeNull();
        next.ChangeTracker.Entries().ShouldBeEmpty();
        (await next.ServerSettings.AnyAsync(s => s.Key == "a", Stop)).ShouldBeFalse("nobody committed it");
    }

    [Fact]
    public async Task Create_MorePatientOnesThanThereArePlaces_WaitForOneToEnd()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        using var patient = new PatientContexts(await database.MigrateAsync(Stop));
        List<NotifyDbContext> taken = [];
        for (var i = 0; i < PatientContexts.Most; i++)
        {
            taken.Add(await patient.CreateDbContextAsync(Stop));
        }

        var next = patient.CreateDbContextAsync(Stop);
        next.IsCompleted.ShouldBeFalse();
        await taken[0].DisposeAsync();

        await (await next).DisposeAsync();
        foreach (var context in taken.Skip(1))
        {
            await context.DisposeAsync();
        }
    }
}
