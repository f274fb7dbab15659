using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;
using Notify.Admin.Shared;
using Notify.Admin.Testing;
using Notify.Admin.UnitTests.Shared;

namespace Notify.Admin.UnitTests.LivePages;

/// <summary>What every page of what has happened does with its address, its rows and what comes in.</summary>
public sealed class HistoryPageTests : ComponentTest, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TestDatabase _database = null!;

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        this.AddAuthorization().SetAuthorized("admin@example.test").SetRoles(Roles.Admin);
        Services.AddSingleton(await _database.MigrateAsync(Xunit.TestContext.Current.CancellationToken));
        Services.AddLogging();
        Services.AddSingleton<WorkRegister>();
        Services.AddSingleton<ChangeFeed>();
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public void Address_HoldsFilterPlaceAndOpenRow()
    {
        Navigation.NavigateTo("things?q=log4j&before=9&colour=red&open=4");

        var page = Render<Things>().Instance;

        page.Seen.ShouldBe("log4j red 9");
        page.Beside.ShouldBe(new RowSteps(5, 3));
    }

    [Fact]
    public void Steps_AtTheEndsOfThePage_LeadNoFurther()
    {
        Navigation.NavigateTo("things?open=5");
        var page = Render<Things>();

        page.Instance.Beside.ShouldBe(new RowSteps(null, 4));
        page.Find("[data-step=k]").HasAttribute("disabled").ShouldBeTrue();
        page.Act(() => page.Find("[data-step=j]"), e => e.Click());

        Navigation.Uri.ShouldEndWith("things?open=4");
        page.WaitForAssertion(() => page.Instance.Beside.ShouldBe(new RowSteps(5, 3)), Patience);
        Navigation.NavigateTo("things?open=77");
        page.WaitForAssertion(() => page.Instance.Beside.ShouldBe(new RowSteps(null, null)), Patience);
    }

    [Fact]
    public void Navigation_ToAnotherFilter_ReadsAgain_ToAnotherPageDoesNot()
    {
        Navigation.NavigateTo("things");
        var page = Render<Things>();

        Navigation.NavigateTo("things?open=3");
        Navigation.NavigateTo("elsewhere?q=other");
        Navigation.NavigateTo("things?q=new");

        page.WaitForAssertion(() => page.Instance.Seen.ShouldBe("new  "), Patience);
        page.Instance.Loads.ShouldBe(2);
    }

    [Fact]
    public void NewRows_AreAnnouncedAndShownWhenAsked()
    {
        Navigation.NavigateTo("things");
        var page = Render<Things>();

        page.Instance.Rows = [6, .. page.Instance.Rows];
        Announce();

        page.WaitForAssertion(() => page.Find(".new-rows-pill").TextContent.ShouldContain("1"), Patience);
        page.Markup.ShouldContain("rows: 5,4,3,2,1.");
        page.Act(() => page.Find(".new-rows-pill"), e => e.Click());
        page.WaitForAssertion(() => page.Markup.ShouldContain("rows: 6,5,4,3,2,1."), Patience);
        page.FindAll(".new-rows-pill").ShouldBeEmpty();
    }

    [Fact]
    public void NewestRows_ComeToByNewer_AreAsLive()
    {
        Navigation.NavigateTo("things?after=1");
        var page = Render<Things>();

        page.Instance.Rows = [6, .. page.Instance.Rows];
        Announce();

        page.WaitForAssertion(() => page.Find(".new-rows-pill").TextContent.ShouldContain("1"), Patience);
        page.Act(() => page.Find(".new-rows-pill"), e => e.Click());
        page.WaitForAssertion(() => page.Markup.ShouldContain("rows: 6,5,4,3,2,1."), Patience);
        Navigation.Uri.ShouldEndWith("/things");
    }

    [Fact]
    public async Task OlderRows_HaveNoneAnnouncedAboveThem()
    {
        Navigation.NavigateTo("things?before=9");
        var page = Render<Things>();
        page.Instance.Rows = [6, .. page.Instance.Rows];

        Announce();
        await Eventually.HoldsAsync(() => Task.FromResult(page.Instance.ReadsAgain == 1), Patience);

        page.Instance.Counts.ShouldBe(0);
        page.FindAll(".new-rows-pill").ShouldBeEmpty();
    }

    [Fact]
    public void Rows_ThatAnotherAreaChanges_AreReadAgain()
    {
        Navigation.NavigateTo("things");
        var page = Render<Things>();

        page.Instance.Again = rows => [.. rows.Select(row => row * 10)];
        Services.GetRequiredService<ChangeFeed>().Announce(ChangeAreas.Acknowledgements);

        page.WaitForAssertion(() => page.Markup.ShouldContain("rows: 50,40,30,20,10."), Patience);
        page.FindAll(".new-rows-pill").ShouldBeEmpty();
    }

    [Fact]
    public async Task NothingNewOfItsOwn_IsNotDrawn()
    {
        Navigation.NavigateTo("things");
        var page = Render<Things>();
        var drawn = page.Instance.Draws;

        Announce();
        await Eventually.HoldsAsync(() => Task.FromResult(page.Instance.Counts == 1), Patience);
        page.Instance.Rows = [6, .. page.Instance.Rows];
        Announce();

        page.WaitForAssertion(() => page.Find(".new-rows-pill").TextContent.ShouldContain("1"), Patience);
        page.Instance.Draws.ShouldBe(drawn + 1, "only the second change was one of this page");
    }

    [Fact]
    public async Task MoreThanAreCounted_AreNotCountedAgain()
    {
        Navigation.NavigateTo("things");
        var page = Render<Things>();
        page.Instance.Rows = [.. Enumerable.Range(0, HistoryList.MostNew).Select(i => 1000L - i), .. page.Instance.Rows];
        Announce();
        page.WaitForAssertion(() => page.Find(".new-rows-pill").TextContent.ShouldContain("100"), Patience);
        var (drawn, reads) = (page.Instance.Draws, page.Instance.ReadsAgain);

        Announce();
        await Eventually.HoldsAsync(() => Task.FromResult(page.Instance.ReadsAgain > reads), Patience);

        page.Instance.Counts.ShouldBe(1);
        page.Instance.Draws.ShouldBe(drawn);
    }

    [Fact]
    public async Task NothingFound_IsLookedForAgain_AndDrawnWhenThereIsSomething()
    {
        Navigation.NavigateTo("things?q=log4j");
        var page = Render<Things>(parameters => parameters.Add(things => things.IsEmpty, true));
        var drawn = page.Instance.Draws;
        Announce();
        await Eventually.HoldsAsync(() => Task.FromResult(page.Instance.Loads == 2), Patience);
        page.Instance.Draws.ShouldBe(drawn);

        page.Render(parameters => parameters.Add(things => things.IsEmpty, false));
        Announce();

        page.WaitForAssertion(() => page.Markup.ShouldContain("rows: 5,4,3,2,1."), Patience);
    }

    [Fact]
    public void NothingThatMatches_OffersToClearTheFilters()
    {
        Navigation.NavigateTo("things?q=log4j");
        var page = Render<Things>(parameters => parameters.Add(things => things.IsEmpty, true));

        page.Act(() => page.FindAll("button").Single(button => button.TextContent.Trim() == "NoMatch.Clear"), e => e.Click());

        Navigation.Uri.ShouldEndWith("/things");
        page.WaitForAssertion(() => page.Markup.ShouldContain("nothing yet"), Patience);
    }

    private void Announce() => Services.GetRequiredService<ChangeFeed>().Announce(ChangeAreas.Events);

    public sealed record ThingAddress : HistoryAddress, IHistoryAddress<ThingAddress>
    {
        public string? Colour { get; init; }

        protected override IReadOnlyDictionary<string, string?> Own => new Dictionary<string, string?> { ["colour"] = Colour };

        public static ThingAddress Parse(Func<string, string?> value) => Complete(new ThingAddress { Colour = value("colour") }, value);
    }

    public sealed class Things : HistoryPage<ThingAddress, long>
    {
        [Parameter]
        public bool IsEmpty { get; set; }

        public IReadOnlyList<long> Rows { get; set; } = [5, 4, 3, 2, 1];

        public Func<IReadOnlyList<long>, IReadOnlyList<long>> Again { get; set; } = rows => rows;

        public int Loads { get; private set; }

        public int Counts { get; private set; }

        public int ReadsAgain { get; private set; }

        public int Draws { get; private set; }

        public string Seen => $"{Address.Text} {Address.Colour} {Address.Cursor.Before}";

        public RowSteps Beside => Steps;

        protected internal override IStringLocalizer Words { get; } = new Keys();

        protected override string Area => ChangeAreas.Events;

        protected override IReadOnlyList<string> RowAreas => [ChangeAreas.Acknowledgements];

        protected internal override long IdOf(long row) => row;

        protected override Task<HistoryList<long>> ListAsync(ThingAddress address, CancellationToken cancellationToken)
        {
            Loads++;
            var cursors = IdPage.Empty with { HasNewer = address.Cursor.Before is not null };
            return Task.FromResult(new HistoryList<long>(IsEmpty ? [] : [.. Rows], cursors, null));
        }

        protected override Task<int> CountNewAsync(ThingAddress address, long above, CancellationToken cancellationToken)
        {
            Counts++;
            return Task.FromResult(Math.Min(HistoryList.MostNew, Rows.Count(row => row > above)));
        }

        protected override Task<IReadOnlyList<long>> ReadAgainAsync(IReadOnlyList<long> rows, CancellationToken cancellationToken)
        {
            ReadsAgain++;
            return Task.FromResult(Again(rows));
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            Draws++;
            builder.OpenComponent<NewRowsPill>(0);
            builder.AddAttribute(1, nameof(NewRowsPill.Count), NewCount);
            builder.AddAttribute(2, nameof(NewRowsPill.OnShown), EventCallback.Factory.Create(this, ShowNewestAsync));
            builder.CloseComponent();
            builder.OpenComponent<HistoryRows<ThingAddress, long>>(3);
            builder.AddAttribute(4, "History", this);
            builder.AddAttribute(5, "Empty", (RenderFragment)(empty => empty.AddContent(0, "nothing yet")));
            builder.AddAttribute(6, "ChildContent",
                (RenderFragment<IReadOnlyList<long>>)(rows => list => list.AddContent(0, $"rows: {string.Join(',', rows)}.")));
            builder.CloseComponent();
            builder.OpenComponent<StepButtons>(7);
            builder.AddAttribute(8, "Steps", Steps);
            builder.AddAttribute(9, "OnOpened", EventCallback.Factory.Create<long>(this, Open));
            builder.CloseComponent();
        }
    }

    private sealed class Keys : IStringLocalizer
    {
        public LocalizedString this[string name] => new(name, name);

        public LocalizedString this[string name, params object[] arguments] => new(name, name);

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
    }
}
