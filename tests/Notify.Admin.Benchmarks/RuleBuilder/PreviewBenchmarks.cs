using BenchmarkDotNet.Attributes;
using Notify.Admin.Data;
using Notify.Admin.RuleBuilder;
using Notify.Admin.Rules;
using Notify.Admin.Testing;

namespace Notify.Admin.Benchmarks.RuleBuilder;

/// <summary>How long does the rule builder's preview take over a week of 100,000 stored events? PostgreSQL is measured where
/// <see cref="TestDatabase.PostgresVariable"/> names a server.</summary>
[MemoryDiagnoser, ShortRunJob]
public class PreviewBenchmarks
{
    private const int Events = 100_000;

    private static readonly ConfigList Narrow = RulePresets.All.Single(preset => preset.Id == "critical-and-high").List;
    private static readonly ConfigList Everything = RulePresets.All.Single(preset => preset.Id == "everything").List;

    private TestDatabase _database = null!;
    private PastEventStore _store = null!;
    private DateTimeOffset _from;
    private PastEvents _counted = null!;

    public static IEnumerable<DatabaseProvider> Providers =>
        TestDatabase.PostgresServer is null ? [DatabaseProvider.Sqlite] : [DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql];

    [ParamsSource(nameof(Providers))]
    public DatabaseProvider Provider { get; set; }

    /// <summary>Rules tell so many kinds of events apart; in the worst case each event is one of its own.</summary>
    [Params(20, 5_000)]
    public int AssetGroups { get; set; }

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _database = await TestDatabase.CreateAsync(Provider);
        _store = new PastEventStore(await _database.MigrateAsync(CancellationToken.None));
        var now = TimeProvider.System.GetUtcNow();
        _from = now - TimeSpan.FromDays(PastEvents.Days);
        await _database.ExecuteAsync(PastEventSql.Insert(Events, AssetGroups, now));
        _counted = await CountAsync();
    }

    [GlobalCleanup]
    public async Task CleanUpAsync() => await _database.DisposeAsync();

    /// <summary>Opening the builder: counting, matching, and reading the samples.</summary>
    [Benchmark(Description = "first preview")]
    public async Task<int> Open()
    {
        var trial = Try(await CountAsync());
        await _store.FindAsync([.. trial.NewestIds, .. trial.NearMisses.Select(miss => miss.NewestId)], CancellationToken.None);
        return trial.Count;
    }

    /// <summary>A chip is chosen: the counted events are matched again.</summary>
    [Benchmark(Description = "preview of a change")]
    public int Change() => Try(_counted).Count;

    private static RuleTrial Try(PastEvents events) =>
        RuleTrial.Run(events, new TriedRules(Narrow, []), new TriedRules(Everything, []), id => id, RuleLanguage.En);

    private async Task<PastEvents> CountAsync() => new(_from, _from, await _store.CountShapesAsync(_from, CancellationToken.None));
}
