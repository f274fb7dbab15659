using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Events;
using Notify.Admin.Security;
using Notify.Admin.Sources;

namespace Notify.Admin.UnitTests.Sources.Pages;

/// <summary>Mapping again what could not be mapped, from the source's page and from the event.</summary>
public sealed class MapAgainTests : SourcePageTest
{
    private const string Broken = """{"fields":{"title":"/none"}}""";
    private const string Mended = """{"fields":{"title":"/headline"}}""";

    [Fact]
    public async Task SourcePage_CountsThem_MapsThemAgainAndSaysWhatIsLeftAndWhy()
    {
        var id = await AddAsync("generic");
        await MapByAsync(id, Broken);
        await AddUnmappedAsync(id, """{"headline":"One"}""");
        await AddUnmappedAsync(id, """{"headline":"Two"}""");
        await AddUnmappedAsync(id, """{"subject":"Three"}""");
        await MapByAsync(id, Mended);
        var form = Render<SourceForm>(parameters => parameters.Add(page => page.Actor, Admin).Add(page => page.Id, id));
        form.WaitForAssertion(() => form.Find(".message-title").TextContent.Trim().ShouldBe("3 payloads could not be mapped"));

        form.Act(() => form.FindAll("button").First(button => button.TextContent.Trim() == "Map again"), e => e.Click());

        form.WaitForAssertion(() => form.Find(".message-title").TextContent.Trim().ShouldBe("2 payloads mapped, 2 new events"));
        form.Find(".message").TextContent.ShouldContain("1 still cannot be mapped:");
        form.Find(".message .reasons li").TextContent.ShouldContain("has no value in this payload");
        form.WaitForAssertion(() => form.FindAll(".message-title")[1].TextContent.Trim().ShouldBe("1 payload could not be mapped"));
    }

    [Fact]
    public async Task SourcePage_OfAViewer_CountsThemOnly()
    {
        var id = await AddAsync("generic");
        await MapByAsync(id, Broken);
        await AddUnmappedAsync(id, "[]");

        var form = Render<SourceForm>(parameters => parameters.Add(page => page.Actor, Admin with { Role = Roles.Viewer })
            .Add(page => page.Id, id));

        form.WaitForAssertion(() => form.Find(".message-title").TextContent.Trim().ShouldBe("1 payload could not be mapped"));
        form.FindAll("button").ShouldNotContain(button => button.TextContent.Trim() == "Map again");
    }

    [Fact]
    public async Task List_SaysHowManyEachSourceHas()
    {
        var id = await AddAsync("generic");
        await MapByAsync(id, Broken);
        await AddUnmappedAsync(id, "[]");

        var page = Render<SourcesPage>();

        page.WaitForAssertion(() => page.Find("tbody tr").TextContent.ShouldContain("1 unmapped"));
    }

    [Fact]
    public async Task Event_MappedAgain_SaysWhatItBecame()
    {
        var id = await AddAsync("generic");
        await MapByAsync(id, Broken);
        var row = await AddUnmappedAsync(id, """{"headline":"One"}""");
        var panel = await RenderAsync(row);
        panel.Find(".reasons").TextContent.ShouldContain("has no value in this payload");

        panel.Act(() => panel.Find("button"), e => e.Click());
        panel.WaitForAssertion(() => panel.Find(".message-title").TextContent.Trim().ShouldBe("It still cannot be mapped"));
        await MapByAsync(id, Mended);
        panel.Act(() => panel.Find("button"), e => e.Click());

        await panel.WaitForStateAsync(() => _mapped);
        var after = await RenderAsync(row);
        after.Find(".message-title").TextContent.ShouldContain("Mapped again by admin@example.test");
        after.Find("a").TextContent.ShouldBe("One");
        after.Find("a").GetAttribute("href").ShouldBe($"events?open={row + 1}");
    }

    [Fact]
    public async Task Event_OfADeletedSource_SaysSo_AndOffersNoMapping()
    {
        var id = await AddAsync("generic");
        await MapByAsync(id, Broken);
        var row = await AddUnmappedAsync(id, """{"headline":"One"}""");

        var panel = await RenderAsync(row, isSourceGone: true);

        panel.FindAll("button").ShouldBeEmpty();
        panel.Find(".message").TextContent.ShouldContain("Its source was deleted");
    }

    [Fact]
    public async Task SourcePage_WhereTheStoreFails_CanBeginAgain()
    {
        var id = await AddAsync("generic");
        var source = (await Forms.FindAsync(id, Admin, Stop))!;
        var page = Render<KeepingBoundary>(parameters => parameters.AddChildContent<MapAgainPanel>(panel =>
            panel.Add(one => one.Actor, Admin).Add(one => one.Source, source).Add(one => one.Unmapped, 1)));
        await LoseAsync("ReplacedEvents");

        page.Act(() => page.Find("button"), e => e.Click());

        await page.WaitForStateAsync(() => page.Instance.Failures == 1);
        page.WaitForAssertion(() => page.FindAll("progress").ShouldBeEmpty());
        page.Find("button").TextContent.Trim().ShouldBe("Map again");
    }

    /// <summary>Keeps what failed on the page.</summary>
    private sealed class KeepingBoundary : ErrorBoundaryBase
    {
        public int Failures { get; private set; }

        protected override Task OnErrorAsync(Exception exception)
        {
            Failures++;
            return Task.CompletedTask;
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, ChildContent);
    }

    private bool _mapped;

    private async Task<IRenderedComponent<UnmappedPanel>> RenderAsync(long row, bool isSourceGone = false)
    {
        var stored = (await Services.GetRequiredService<EventStore>().FindAsync(row, Stop))!.Value.Stored;
        var unmapped = Services.GetRequiredService<IUnmappedEvents>();
        var story = new UnmappedStory(unmapped.ReasonsOf(stored.Json),
            await Services.GetRequiredService<EventStore>().FindReplacementsAsync(stored, Stop));
        return Render<UnmappedPanel>(parameters => parameters.Add(panel => panel.RowId, row).Add(panel => panel.Story, story)
            .Add(panel => panel.IsSourceGone, isSourceGone)
            .Add(panel => panel.Actor, Admin).Add(panel => panel.OnMapped, () => _mapped = true));
    }

    private Task<SourceChange> MapByAsync(int id, string mapping) =>
        Sources.ChangeAsync(id, new SourceDraft { Mapping = mapping }, Admin, Stop);
}
