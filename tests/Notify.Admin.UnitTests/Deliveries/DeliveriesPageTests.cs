using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Audit;
using Notify.Admin.Background;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Admin.UnitTests.Shared;
using Notify.Admin.UnitTests.Slack;

namespace Notify.Admin.UnitTests.Deliveries;

/// <summary>The page over its real service and a real store; only the channels are pretended.</summary>
public sealed class DeliveriesPageTests : ComponentTest, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly PretendChannel _slack = new(ChannelKind.Slack);
    private TestDatabase _database = null!;
    private IDbContextFactory<NotifyDbContext> _contexts = null!;
    private ActivitySeed _seed = null!;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private ChangeFeed Feed => Services.GetRequiredService<ChangeFeed>();

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        _contexts = await _database.MigrateAsync(Stop);
        _seed = new ActivitySeed(_contexts);
        this.AddAuthorization().SetAuthorized("ops@example.test").SetRoles(Roles.Operator);
        Services.AddSingleton(_contexts);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(_database.Configuration.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();
        Services.AddSingleton(DatabaseOptions.Read(configuration));
        Services.AddSingleton<EventTextIndex>();
        Services.AddLogging();
        Services.AddSingleton<WorkRegister>();
        Services.AddSingleton<ChangeFeed>();
        Services.AddSingleton<AuditTrail>();
        Services.AddSingleton<IdPages>();
        Services.AddSingleton<IChannel>(_slack);
        Services.AddSingleton<IDeliveryDesk>(new QuietDesk());
        Services.AddSingleton<ChannelDirectory>();
        Services.AddSingleton<DeliverySignal>();
        Services.AddSingleton<DeliveryStore>();
        Services.AddSingleton<SendAgainStore>();
        Services.AddSingleton<DeliveryService>();
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Selection_OfRowsThatTheListNoLongerShows_EndsWithThem()
    {
        var mended = await _seed.DeliveryAsync(DeliveryState.Failed);
        await _seed.DeliveryAsync(DeliveryState.Failed);
        Navigation.NavigateTo("deliveries?state=failed");
        var page = Render<DeliveriesPage>();
        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(2), Patience);
        page.Act(() => page.Find("thead input[type=checkbox]"), e => e.Change(true));
        page.Find(".selection-bar strong").TextContent.ShouldBe("2 selected");

        await SetAsync(mended.Id, DeliveryState.Sent);
        await _seed.DeliveryAsync(DeliveryState.Failed);
        Feed.Announce(ChangeAreas.Deliveries);
        page.WaitForAssertion(() => page.Find(".new-rows-pill"), Patience);
        page.Act(() => page.Find(".new-rows-pill"), e => e.Click());

        page.WaitForAssertion(() => page.FindAll(".new-rows-pill").ShouldBeEmpty(), Patience);
        page.FindAll("tbody tr").Count.ShouldBe(2);
        page.FindAll("tbody tr.selected").Count.ShouldBe(1);
        page.Find(".selection-bar strong").TextContent.ShouldBe("1 selected");
    }

    [Fact]
    public async Task Story_OfAChannelThatIsNewerThanTheList_NamesIt()
    {
        await _seed.DeliveryAsync();
        Navigation.NavigateTo("deliveries");
        var page = Render<DeliveriesPage>();
        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(1), Patience);

        var key = new ChannelKey(ChannelKind.Slack, 7);
        _slack.Channels.Add(new ChannelName(key, "Security alerts", true));
        (await Feed.ChangeTogetherAsync([ChangeAreas.Channels], () => Task.FromResult(true), Stop)).ShouldBeTrue();
        var delivery = await _seed.DeliveryAsync(channel: key);
        Navigation.NavigateTo($"deliveries?open={ShortIds.OfDelivery(delivery.Id)}");

        page.WaitForAssertion(() => page.Find(".facts .channel-label").TextContent.ShouldContain("Security alerts"), Patience);
        page.Find(".facts .channel-label").ParentElement!.GetAttribute("href").ShouldBe(ChannelLinks.ToActivity(key));
    }

    private async Task SetAsync(long id, DeliveryState state)
    {
        await using var context = await _contexts.CreateDbContextAsync(Stop);
        await context.Deliveries.Where(d => d.Id == id).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, state), Stop);
    }
}
