using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Data;

/// <summary>Leases on each store, on that store's clock.</summary>
public sealed class LeaseTests
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(2);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Lease_IsOnesAtATime_AndItsHoldersToKeepAndEnd(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var leases = await NewLeasesAsync(database);
        var (mine, theirs) = (Leases.NewToken(), Leases.NewToken());

        (await leases.TakeAsync("work", mine, Length, Stop)).ShouldBeTrue();
        (await leases.TakeAsync("work", theirs, Length, Stop)).ShouldBeFalse();
        (await leases.TakeAsync("other work", theirs, Length, Stop)).ShouldBeTrue();
        (await leases.TakeAsync("work", mine, Length, Stop)).ShouldBeTrue();

        await leases.ReleaseAsync("work", theirs, Stop);
        (await leases.TakeAsync("work", theirs, Length, Stop)).ShouldBeFalse();
        await leases.ReleaseAsync("work", mine, Stop);
        (await leases.TakeAsync("work", theirs, Length, Stop)).ShouldBeTrue();
    }

    [Theory, DatabaseData]
    public async Task Lease_ThatRanOut_OrIsAbsurdlyLong_IsFree(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var leases = await NewLeasesAsync(database);

        (await leases.TakeAsync("work", Leases.NewToken(), -Length, Stop)).ShouldBeTrue();
        // As after the clock was set back by days.
        (await leases.TakeAsync("work", Leases.NewToken(), TimeSpan.FromDays(3), Stop)).ShouldBeTrue();
        (await leases.TakeAsync("work", Leases.NewToken(), Length, Stop)).ShouldBeTrue();
        (await leases.TakeAsync("work", Leases.NewToken(), Length, Stop)).ShouldBeFalse();
    }

    [Theory, DatabaseData]
    public async Task Lease_TakenByManyAtOnce_IsOnes(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var leases = await NewLeasesAsync(database);

        var taken = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => leases.TakeAsync("work", Leases.NewToken(), Length, Stop)));

        taken.Count(isTaken => isTaken).ShouldBe(1);
    }

    [Theory, DatabaseData]
    public async Task Renewing_KeepsOnlyWhatHasTheToken_AndFreeingAllIsForOneProcess(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var named = await NewLeasesAsync(database);
        var leases = new Leases(database.Options, TimeProvider.System);
        var (kept, over, theirs) = (Leases.NewToken(), Leases.NewToken(), Leases.NewToken());
        await named.TakeAsync("kept", kept, -Length, Stop);
        await named.TakeAsync("over", over, -Length, Stop);
        await using var context = new ProviderContextFactory(database.Options).CreateDbContext();

        await leases.RenewAsync(context, context.NamedLeases, [kept], Length, Stop);

        var free = await leases.FreeAsync(context, context.NamedLeases, Stop);
        (await free.Select(lease => lease.Name).ToListAsync(Stop)).ShouldBe(["over"]);
        (await named.TakeAsync("kept", theirs, Length, Stop)).ShouldBeFalse();
        await leases.FreeAllAsync(context.NamedLeases, Stop);
        (await named.TakeAsync("kept", theirs, Length, Stop)).ShouldBe(provider == DatabaseProvider.Sqlite);
    }

    private static async Task<NamedLeases> NewLeasesAsync(TestDatabase database) =>
        new(await database.MigrateAsync(Stop), new Leases(database.Options, TimeProvider.System));
}
