using BenchmarkDotNet.Attributes;
using Notify.Admin.Data;
using Notify.Admin.RuleBuilder;
using Notify.Admin.Rules;
using Notify.Admin.Testing;

namespace Notify.Admin.Benchmarks.RuleBuilder;

/// <summary>How long does the rule builder's preview take over a week of 100,000 stored events? PostgreSQL is measured where
/// <see cref="TestDatabase.PostgresVariable"/> names a server.</summary>
[MemoryDiagnoser, WarmupCount(2), IterationCount(10)]
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

    // In process, setting up and cleaning up are not awaited: they wait themselves.
    [GlobalSetup]
    public void SetUp()
    {
        _database = TestDatabase.CreateAsync(Provider).GetAwaiter().GetResult();
        _store = new PastEventStore(_database.MigrateAsync(CancellationToken.None).GetAwaiter().GetResult());
        var now = TimeProvider.System.GetUtcNow();
        _from = now - TimeSpan.FromDays(PastEvents.Days);
        _database.ExecuteAsync(PastEventSql.Insert(Provider, Events, AssetGroups, now)).GetAwaiter().GetResult();
        _counted = CountAsync().GetAwaiter().GetResult();
    }

    [GlobalCleanup]
    public void CleanUp() => _database.DisposeAsync().AsTask().GetAwaiter().GetResult();

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

    private async Task<PastEvents> CountAsync() =>
        new(DateOnly.FromDateTime(_from.Date), _from, await _store.CountShapesAsync(_from, CancellationToken.None));
}
