using Bunit;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Shared;
using Notify.Admin.UnitTests.Shared;

namespace Notify.Admin.UnitTests.FunctionAccess;

public sealed class BulkTableTests : ComponentTest
{
    private static readonly AccessList List = AccessList.Of(PermissionTypes.NamedEntities, ["U1", "U2"]);

    private readonly HashSet<int> _chosen = [];

    [Fact]
    public void Render_AThousandFunctions_ShowsTheFirstAndTheWayToTheRest()
    {
        var table = Render(1000);

        table.FindAll("tbody tr").Count.ShouldBe(100);
        table.Act(() => table.FindAll("button").Single(button => button.TextContent.Contains("Show more")), e => e.Click());
        table.FindAll("tbody tr").Count.ShouldBe(200);
    }

    [Fact]
    public async Task ChooseAll_AfterASearch_ChoosesOnlyWhatItFound()
    {
        var table = Render(1000);

        await table.InvokeAsync(() => table.FindComponent<SearchBox>().Instance.ValueChanged.InvokeAsync("Function 77"));
        table.FindAll("tbody tr").Count.ShouldBe(11);
        table.Act(() => table.Find("thead input"), e => e.Change(true));

        _chosen.Order().ShouldBe([77, .. Enumerable.Range(770, 10)]);
    }

    [Fact]
    public void Open_OneLine_ShowsWhoGainsAndLoses()
    {
        var table = Render(3);

        table.Act(() => table.Find("button[aria-expanded=false]"), e => e.Click());

        table.Markup.ShouldContain("Lose access (1)");
        table.Find("tr.bulk-plan").TextContent.ShouldContain("U2");
    }

    [Fact]
    public void Render_LeftOut_SaysWhyAndCannotBeChosen()
    {
        var table = Render<BulkTable>(parameters => parameters.Add(t => t.Chosen, _chosen)
            .Add(t => t.Lines, [new BulkLine(1, 1, "Report", null, BulkSkip.Drifted)]));

        table.Markup.ShouldContain("Drifted: accept or restore it first");
        table.FindAll("input[type=checkbox]").ShouldAllBe(box => box.HasAttribute("disabled"));
    }

    private IRenderedComponent<BulkTable> Render(int count)
    {
        var plan = AccessPlanner.Make(List, AccessList.Of(PermissionTypes.NamedEntities, ["U1"]));
        return Render<BulkTable>(parameters => parameters.Add(t => t.Chosen, _chosen)
            .Add(t => t.Lines, [.. Enumerable.Range(0, count).Select(i => new BulkLine(i, 1, $"Function {i}", plan, null))]));
    }
}
