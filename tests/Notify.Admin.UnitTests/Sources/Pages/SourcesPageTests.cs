using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Sources;

namespace Notify.Admin.UnitTests.Sources.Pages;

public sealed class SourcesPageTests : SourcePageTest
{
    [Fact]
    public void List_WithoutSources_SaysWhatOneIsAndLeadsToTheFirst()
    {
        var page = Render<SourcesPage>();

        page.Find(".empty").TextContent.ShouldContain("A source is an address of its own");
        page.Find(".empty a").GetAttribute("href").ShouldBe("sources/new");
    }

    [Fact]
    public async Task List_FollowsWhatComes()
    {
        var id = await AddAsync();
        await Sources.ChangeAsync(id, new SourceDraft { Channels = BoundChannels.Read("slack:7") }, Admin, Stop);
        var page = Render<SourcesPage>();
        page.Find("tbody tr").TextContent.ShouldContain("Waiting");
        page.Find("tbody tr").TextContent.ShouldContain("Security alerts");

        await RefuseAsync(id, new Reason("ProofHmac", "X-Hub-Signature-256"));

        page.WaitForAssertion(() => page.Find("tbody tr").TextContent.ShouldContain("Refused"));
        page.Find("tbody tr").TextContent.ShouldContain("The signature in X-Hub-Signature-256 is not this body's.");
    }

    [Fact]
    public async Task Search_FindsNameToolAndChannel()
    {
        var id = await AddAsync("dependency-track");
        await Sources.ChangeAsync(id, new SourceDraft { Channels = BoundChannels.Read("slack:7") }, Admin, Stop);

        foreach (var (query, rows) in new[] { ("ops", 1), ("dependency-t", 1), ("security al", 1), ("nothing", 0) })
        {
            Services.GetRequiredService<NavigationManager>().NavigateTo($"sources?q={Uri.EscapeDataString(query)}");
            Render<SourcesPage>().FindAll("tbody tr").Count.ShouldBe(rows, query);
        }
    }
}
