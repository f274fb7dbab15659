using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.LivePages;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deliveries.Parts;

/// <summary>What is asked of one channel's deliveries is answered by the index by channel, in both of its parts: a query that does not
/// name the part reads what all channels have.</summary>
public sealed partial class ByChannelTests
{
    private const string ByChannel = "INDEX IX_Deliveries_IsInSmallPart_ChannelKind_ChannelId_State_Id (IsInSmallPart=? AND ChannelKind=? AND ChannelId=?";

    // What waits, in the order in which it is sent.
    private const string Waiting = "INDEX IX_Deliveries_ChannelKind_ChannelId_Severity_Id (ChannelKind=? AND ChannelId=?";

    private static readonly ChannelKey Channel = ActivitySeed.Slack;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Readers => [.. Reads.Keys];

    private static Dictionary<string, Func<IServiceProvider, Task>> Reads => new()
    {
        ["the list of one channel"] = services => ListAsync(services, new DeliveryFilter { Channel = Channel }),
        ["the list of one channel and state"] = services =>
            ListAsync(services, new DeliveryFilter { Channel = Channel, States = [DeliveryState.Failed] }),
        ["its activity"] = services => services.GetRequiredService<ChannelActivityStore>().CountAsync(
            Channel, new MadeSince(DateTimeOffset.MinValue, 1), TimeSpan.FromHours(1), Stop),
        ["its times"] = services => services.GetRequiredService<ChannelActivityStore>().TimesAsync(
            Channel, new MadeSince(DateTimeOffset.MinValue, 1), Stop),
        ["what is open"] = services => services.GetRequiredService<DeskStore>().CountOpenAsync(Channel.Kind, [Channel.Id, 7], Stop),
        ["what waits for unwell channels"] = services => services.GetRequiredService<UnwellStore>().ListWithWaitingAsync(Stop),
        ["the events of a test"] = services => services.GetRequiredService<TestEventStore>().ListAsync(Channel, Stop),
        ["a look at a lane"] = async services =>
        {
            await using var context = await Contexts(services).CreateDbContextAsync(Stop);
            var now = new DateTimeOffset(2026, 8, 21, 12, 0, 0, TimeSpan.Zero);
            await services.GetRequiredService<LaneReadStore>().OpenAsync(
                context, Lane, "robot", new Wanted(SeverityRange.All, long.MaxValue, OnlyBegun: false), now, now, 32, Stop);
        },
        ["what a lane has open"] = async services =>
        {
            await using var context = await Contexts(services).CreateDbContextAsync(Stop);
            await context.ByChannel().OpenIn(Lane).ToListAsync(Stop);
        },
        ["a change of what a lane has open"] = async services =>
        {
            await using var context = await Contexts(services).CreateDbContextAsync(Stop);
            await context.ByChannel().OpenIn(Lane).Where(d => d.State != DeliveryState.Held)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.MostTogether, 1), Stop);
        },
        ["whether a lane has begun"] = services =>
            services.GetRequiredService<LaneOutbox>().HasBegunAsync(Lane, SeverityRange.All, Stop),
        ["when a lane tries again"] = services => services.GetRequiredService<LaneOutbox>().NextRetryAsync(Lane, Stop),
        ["what repeats"] = services => services.GetRequiredService<RepeatStore>().CountAsync(
            Lane, TimeSpan.FromHours(1), new CountedDeliveries(), Stop),
    };

    private static ChannelLane Lane => new() { Id = ChannelLane.IdOf(Channel), ChannelKind = Channel.Kind, ChannelId = Channel.Id };

    [Theory, MemberData(nameof(Readers))]
    public async Task Read_OfOneChannel_IsAnsweredByItsIndex(string reader)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = DatabaseProvider.Sqlite });
        var contexts = Contexts(app.Services);
        var seed = new ActivitySeed(contexts);
        await seed.DeliveryAsync();
        await seed.DeliveryAsync();

        var queries = await QueryPlans.StepsAsync(contexts, () => Reads[reader](app.Services), Stop);

        var steps = queries.Where(query => query.Sql.Contains("\"ChannelId\"", StringComparison.Ordinal)).SelectMany(StepsOfDeliveries).ToList();
        steps.ShouldNotBeEmpty();
        steps.ShouldAllBe(step => step.Contains(ByChannel, StringComparison.Ordinal) || step.Contains(Waiting, StringComparison.Ordinal));
    }

    // Those that look for deliveries by anything but their own id.
    private static IEnumerable<string> StepsOfDeliveries((string Sql, IReadOnlyList<string> Steps) query)
    {
        var names = Names().Matches(query.Sql).Select(match => match.Groups["name"].Value).Append("Deliveries").ToHashSet();
        return query.Steps.Where(step => step.Split(' ') is ["SEARCH" or "SCAN", var table, ..] && names.Contains(table)
            && !step.Contains("USING INTEGER PRIMARY KEY (rowid=?)", StringComparison.Ordinal));
    }

    [GeneratedRegex("\"Deliveries\" AS \"(?<name>[^\"]+)\"")]
    private static partial Regex Names();

    private static Task<HistoryList<DeliveryRow>> ListAsync(IServiceProvider services, DeliveryFilter filter) =>
        services.GetRequiredService<DeliveryStore>().ListAsync(filter, PageCursor.Newest, 50, TimeSpan.FromSeconds(30), Stop);

    private static IDbContextFactory<NotifyDbContext> Contexts(IServiceProvider services) =>
        services.GetRequiredService<IDbContextFactory<NotifyDbContext>>();
}
