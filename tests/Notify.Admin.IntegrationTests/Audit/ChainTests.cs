using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Notify.Admin.Audit;
using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Audit;

/// <summary>The hash chain: sealed once and in order, whoever seals, and broken by any change.</summary>
public sealed class ChainTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Seal_Entries_NumbersThemWithoutGaps(DatabaseProvider provider)
    {
        await using var chain = await Chain.CreateAsync(provider);
        await chain.AddAsync(1203);

        (await chain.Sealer().SealAsync(Stop)).ShouldBe(1203);
        await chain.AddAsync(2);
        (await chain.Sealer().SealAsync(Stop)).ShouldBe(2);

        (await chain.NumbersAsync()).ShouldBe(Enumerable.Range(1, 1205).Select(number => (long)number));
        var verdict = await chain.VerifyAsync();
        (verdict.Checked, verdict.EndSequence, verdict.Break).ShouldBe((1205, 1205, null));
    }

    [Theory, DatabaseData]
    public async Task Seal_ByTwoAtOnceWhileEntriesCome_IsOneChain(DatabaseProvider provider)
    {
        await using var chain = await Chain.CreateAsync(provider);
        var adding = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await chain.AddAsync(25);
            }
        }, Stop);
        async Task SealAsync()
        {
            var sealer = chain.Sealer();
            while (!adding.IsCompleted)
            {
                await sealer.SealAsync(Stop);
            }
        }

        await Task.WhenAll(adding, Task.Run(SealAsync, Stop), Task.Run(SealAsync, Stop));
        await chain.Sealer().SealAsync(Stop);

        (await chain.NumbersAsync()).ShouldBe(Enumerable.Range(1, 500).Select(number => (long)number));
        (await chain.VerifyAsync()).Break.ShouldBeNull();
    }

    [Theory, DatabaseData]
    public async Task Verify_EntryChanged_NamesIt(DatabaseProvider provider)
    {
        await using var chain = await Chain.SealedAsync(provider, 10);

        await chain.Database.ExecuteAsync("UPDATE \"AuditEntries\" SET \"ActorName\" = 'somebody else' WHERE \"Sequence\" = 4");

        (await chain.VerifyAsync()).Break.ShouldBe(new ChainBreak(ChainFault.Altered, 4, await chain.IdOfAsync(4)));
    }

    [Theory, DatabaseData]
    public async Task Verify_EntryDeleted_NamesIt(DatabaseProvider provider)
    {
        await using var chain = await Chain.SealedAsync(provider, 10);

        await chain.Database.ExecuteAsync("DELETE FROM \"AuditEntries\" WHERE \"Sequence\" = 7");

        var verdict = await chain.VerifyAsync();
        (verdict.Checked, verdict.Break).ShouldBe((6, new ChainBreak(ChainFault.Missing, 7, null)));
    }

    [Theory, DatabaseData]
    public async Task Verify_LastEntriesDeleted_NamesTheFirstOfThem(DatabaseProvider provider)
    {
        await using var chain = await Chain.SealedAsync(provider, 10);

        await chain.Database.ExecuteAsync("DELETE FROM \"AuditEntries\" WHERE \"Sequence\" >= 9");

        (await chain.VerifyAsync()).Break.ShouldBe(new ChainBreak(ChainFault.Missing, 9, null));
    }

    [Theory, DatabaseData]
    public async Task Verify_EntriesExchanged_NamesTheFirst(DatabaseProvider provider)
    {
        await using var chain = await Chain.SealedAsync(provider, 10);
        var (third, eighth) = (await chain.IdOfAsync(3), await chain.IdOfAsync(8));

        await chain.Database.ExecuteAsync(
            $"UPDATE \"AuditEntries\" SET \"Sequence\" = 100 WHERE \"Id\" = {third}",
            $"UPDATE \"AuditEntries\" SET \"Sequence\" = 3 WHERE \"Id\" = {eighth}",
            $"UPDATE \"AuditEntries\" SET \"Sequence\" = 8 WHERE \"Id\" = {third}");

        (await chain.VerifyAsync()).Break.ShouldBe(new ChainBreak(ChainFault.Altered, 3, eighth));
    }

    [Theory, DatabaseData]
    public async Task Verify_SealTakenOff_NamesTheGapAlsoAfterItIsSealedAgain(DatabaseProvider provider)
    {
        await using var chain = await Chain.SealedAsync(provider, 10);

        await chain.Database.ExecuteAsync("UPDATE \"AuditEntries\" SET \"Action\" = 'harmless', \"Sequence\" = NULL, \"Hash\" = NULL WHERE \"Sequence\" = 5");
        await chain.Sealer().SealAsync(Stop);

        (await chain.VerifyAsync()).Break.ShouldBe(new ChainBreak(ChainFault.Missing, 5, null));
    }

    [Theory, DatabaseData]
    public async Task Verify_EntryBeyondTheEnd_NamesIt(DatabaseProvider provider)
    {
        await using var chain = await Chain.SealedAsync(provider, 3);
        await chain.AddAsync(1);

        await chain.Database.ExecuteAsync("UPDATE \"AuditEntries\" SET \"Sequence\" = 4, \"Hash\" = 'ab' WHERE \"Sequence\" IS NULL");

        var broken = (await chain.VerifyAsync()).Break.ShouldNotBeNull();
        (broken.Fault, broken.Sequence).ShouldBe((ChainFault.Added, 4));
    }

    [Theory, DatabaseData]
    public async Task Repeats_WithinAMinute_ShareARowThatIsSealedAfterwards(DatabaseProvider provider)
    {
        await using var chain = await Chain.CreateAsync(provider);
        var (here, there) = (chain.Repeats(), chain.Repeats());
        for (var i = 0; i < 40; i++)
        {
            await (i % 2 == 0 ? here : there).CountAsync(chain.Refusal("192.0.2.7"));
        }

        await here.CountAsync(chain.Refusal("192.0.2.8"));
        await here.FlushAsync(Stop);
        await there.FlushAsync(Stop);

        (await chain.EntriesAsync()).Select(entry => (entry.Origin, entry.Count))
            .ShouldBe([("192.0.2.7 api key", 40), ("192.0.2.8 api key", 1)], ignoreOrder: true);
        (await chain.Sealer().SealAsync(Stop)).ShouldBe(0);
        chain.Time.Advance(TimeSpan.FromMinutes(2));
        (await chain.Sealer().SealAsync(Stop)).ShouldBe(2);

        // What comes later still does not touch what is sealed.
        await here.CountAsync(chain.Refusal("192.0.2.7"));
        (await chain.VerifyAsync()).Break.ShouldBeNull();
    }

    private sealed class Chain : IAsyncDisposable
    {
        private readonly IDbContextFactory<NotifyDbContext> _contexts;
        private readonly AuditTrail _trail;

        private Chain(TestDatabase database, IDbContextFactory<NotifyDbContext> contexts)
        {
            (Database, _contexts) = (database, contexts);
            _trail = new AuditTrail(Time);
        }

        public TestDatabase Database { get; }

        public ManualTime Time { get; } = new();

        public static async Task<Chain> CreateAsync(DatabaseProvider provider)
        {
            var database = await TestDatabase.CreateAsync(provider);
            return new Chain(database, await database.MigrateAsync(Stop));
        }

        public static async Task<Chain> SealedAsync(DatabaseProvider provider, int count)
        {
            var chain = await CreateAsync(provider);
            await chain.AddAsync(count);
            await chain.Sealer().SealAsync(Stop);
            return chain;
        }

        public AuditSealer Sealer() => new(
            Seals(), Repeats(), new ChangeFeed(_contexts, new WorkRegister(Time), Time, NullLogger<ChangeFeed>.Instance),
            new WorkRegister(Time), Time, NullLogger<AuditSealer>.Instance);

        public AuditRepeats Repeats() => new(new AuditStore(_contexts, new IdPages(Time)), Time);

        public AuditEntry Refusal(string address) => _trail.Repeated(
            new Actor(null, "anonymous", null, $"{address} api key"), "api-key.use", new AuditSubject("api-key", null, null),
            [new FieldChange("reason", null, "unknown key")], AuditResult.Refused, address);

        public Task<ChainVerdict> VerifyAsync() => Seals().VerifyAsync(null, Stop);

        public async Task AddAsync(int count)
        {
            await using var context = await _contexts.CreateDbContextAsync(Stop);
            for (var i = 0; i < count; i++)
            {
                context.AuditEntries.Add(_trail.Entry(Actor.System, "test.write", new AuditSubject("test", $"{i}", null),
                    [new FieldChange("field", "before", "after")]));
            }

            await context.SaveChangesAsync(Stop);
        }

        public async Task<IReadOnlyList<AuditEntry>> EntriesAsync()
        {
            await using var context = await _contexts.CreateDbContextAsync(Stop);
            return await context.AuditEntries.AsNoTracking().OrderBy(entry => entry.Id).ToListAsync(Stop);
        }

        public async Task<IReadOnlyList<long>> NumbersAsync() =>
            [.. (await EntriesAsync()).Select(entry => entry.Sequence.ShouldNotBeNull()).Order()];

        public async Task<long> IdOfAsync(long sequence) => (await EntriesAsync()).Single(entry => entry.Sequence == sequence).Id;

        public ValueTask DisposeAsync() => Database.DisposeAsync();

        private AuditSealStore Seals() => new(new PatientContexts(_contexts), _contexts, Time);
    }
}
