using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Admin.UnitTests.Shared;

namespace Notify.Admin.UnitTests.LivePages;

/// <summary>What every list that the database pages does with its address.</summary>
public sealed class ListPageTests : ComponentTest, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TestDatabase _database = null!;

    public enum Colour
    {
        Any,
        Red,
    }

    public enum Column
    {
        Name,
        Age,
    }

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
    public void Address_IsRead_AndReadAgainWhereItIsAnother()
    {
        Navigation.NavigateTo("things?q=log&state=red&sort=-age&page=2");
        var page = Render<Things>();
        page.Instance.Query.ShouldBe(new ListQuery<Colour, Column>("log", Colour.Red, Column.Age, true, 2));

        Navigation.NavigateTo("things?q=log&state=red&sort=-age&page=2&open=7");
        Navigation.NavigateTo("elsewhere?q=other");
        Navigation.NavigateTo("things?q=new");

        page.WaitForAssertion(() => page.Markup.ShouldContain("new, read 2 times"), Patience);
    }

    [Fact]
    public void Head_SortsByItsColumn_TheOtherWayAboutTheSecondTime_AndFromTheFirstPage()
    {
        Navigation.NavigateTo("things?q=log&page=2");
        var page = Render<Things>();

        Press(page, "Age");
        Navigation.Uri.ShouldEndWith("?q=log&sort=-age", Case.Sensitive, "the newest come first");
        page.WaitForAssertion(() => page.Find("[aria-sort=descending]").TextContent.Trim().ShouldStartWith("Age"), Patience);
        Press(page, "Age");
        Navigation.Uri.ShouldEndWith("?q=log&sort=age");
        page.WaitForAssertion(() => page.Find("[aria-sort=ascending]").TextContent.Trim().ShouldStartWith("Age"), Patience);
        Press(page, "Name");
        Navigation.Uri.ShouldEndWith("?q=log");
    }

    [Fact]
    public void Page_WhoseRowsAreGone_GoesToTheLastThatThereIs()
    {
        Navigation.NavigateTo("things?page=9");
        Render<Things>(parameters => parameters.Add(things => things.Count, 65));

        Navigation.Uri.ShouldEndWith("things?page=3");
    }

    [Fact]
    public void Tools_SearchFilterAndClear_AndTheExportIsOfWhatIsShown()
    {
        Navigation.NavigateTo("things?sort=-age&page=2");
        var page = Render<Things>();

        page.Act(() => page.Find("select"), e => e.Change("Red"));
        Navigation.Uri.ShouldEndWith("?sort=-age&state=red");
        page.WaitForAssertion(() => page.Find("a[download]").GetAttribute("href").ShouldBe("things/export?state=red&sort=-age"), Patience);
        page.Act(() => page.Find(".filter-bar button"), e => e.Click());
        Navigation.Uri.ShouldEndWith("?sort=-age");
    }

    private static void Press(IRenderedComponent<Things> page, string head) =>
        page.Act(() => page.FindAll(".sort-head").Single(button => button.TextContent.StartsWith(head, StringComparison.Ordinal)),
            e => e.Click());

    public sealed class Things : ListPage<ListQuery<Colour, Column>, int>
    {
        private int _reads;

        [Parameter]
        public int Count { get; set; } = 90;

        protected override IReadOnlyList<string> Areas => [ChangeAreas.Events];

        protected override Task<ListedPage<int>> ListAsync(ListQuery<Colour, Column> query, CancellationToken cancellationToken)
        {
            _reads++;
            var rows = Enumerable.Range(1, Count).Skip(query.Skip).Take(ListQuery.PageSize).ToList();
            return Task.FromResult(new ListedPage<int>(rows, Count, Count));
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.AddContent(0, $"{Query.Search}, read {_reads} times");
            builder.OpenElement(1, "table");
            builder.OpenElement(2, "tr");
            builder.AddContent(3, Head(Column.Name, isNewestFirst: false));
            builder.AddContent(4, Head(Column.Age, isNewestFirst: true));
            builder.CloseElement();
            builder.CloseElement();
            builder.OpenComponent<ListTools<Colour, Column>>(20);
            builder.AddAttribute(21, "Query", Query);
            builder.AddAttribute(22, "Matching", Count);
            builder.AddAttribute(23, "Total", Count);
            builder.AddAttribute(24, "FilterText", (Func<Colour, string>)(colour => $"{colour}"));
            builder.AddAttribute(25, "ExportPath", "things/export");
            builder.AddAttribute(26, "OnFiltered",
                EventCallback.Factory.Create<Colour>(this, colour => Show(Query with { Filter = colour, Page = 1 })));
            builder.AddAttribute(27, "OnCleared", EventCallback.Factory.Create(this, ShowAll));
            builder.CloseComponent();
        }

        private RenderFragment Head(Column column, bool isNewestFirst) => builder =>
        {
            builder.OpenComponent<SortHead<Column>>(0);
            builder.AddAttribute(1, "Title", $"{column}");
            builder.AddAttribute(2, "Sort", column);
            builder.AddAttribute(3, "Query", (ISorted<Column>)Query);
            builder.AddAttribute(4, "DescendingFirst", isNewestFirst);
            builder.AddAttribute(5, "OnSorted", EventCallback.Factory.Create<ListOrder<Column>>(this,
                order => Show(Query with { Sort = order.Sort, Descending = order.Descending, Page = 1 })));
            builder.CloseComponent();
        };
    }
}
