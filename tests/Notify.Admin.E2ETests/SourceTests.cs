using System.Net;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>From "what do you have?" to the first payload, and a mapping that is mended beside what was posted. Takes the pictures of the
/// README.</summary>
public sealed class SourceTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    [Fact]
    public async Task Alertmanager_AddedByTheWizard_IsSeenToArrive()
    {
        await App.AddSlackIntegrationAsync("C0ALERTS01", slack => (slack.Name, slack.SlackNotify) = ("Alerts of the wizard", false));
        await SignInAsync(Roles.Admin);
        await OpenAsync("sources");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Add source" }).First.ClickAsync();
        await Expect(Page.Locator("h1")).ToHaveTextAsync("What do you have?");
        await DrawnAsync(Page);
        await Page.GetByRole(AriaRole.Radio, new() { Name = "Alertmanager" }).CheckAsync();
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Prometheus of the shop");
        await Page.GetByRole(AriaRole.Checkbox, new() { Name = "Alerts of the wizard" }).CheckAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Create source" }).ClickAsync();

        await Expect(Page.GetByText("Waiting for the first payload")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        var address = (await Page.Locator(".code code").First.TextContentAsync())!;
        (await Page.Locator(".code code").Nth(1).TextContentAsync()).ShouldNotBeNull().ShouldContain($"- url: \"{address}\"");
        using (var answer = await App.PostPayloadAsync(address, TestSources.Payload("alertmanager-firing")))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        await Expect(Page.Locator(".first-payload")).ToContainTextAsync("It goes to Alerts of the wizard.");
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await PictureAsync("source-new");

        await Page.GetByRole(AriaRole.Link, new() { Name = "Open source" }).ClickAsync();
        await Expect(Page.Locator("h1")).ToContainTextAsync("Prometheus of the shop");
        await Expect(Page.Locator("details.payload")).ToHaveCountAsync(1);
        (await Page.ContentAsync()).ShouldNotContain(address);
        await Page.GetByLabel("Allowed addresses").FillAsync("nowhere");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(Page.GetByText("“nowhere” is no address or network")).ToBeVisibleAsync();
        await Page.GetByLabel("Allowed addresses").FillAsync("10.0.0.0/8");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(Page.GetByText("Changes saved")).ToBeVisibleAsync();

        using (var answer = await App.PostPayloadAsync(address, TestSources.Payload("alertmanager-resolved")))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        await Expect(Page.Locator(".message").GetByText("This source may not be posted to from")).ToBeVisibleAsync();
        await OpenAsync("sources?q=of the shop");
        await Expect(Page.Locator("tbody tr")).ToContainTextAsync("Refused");
    }

    [Fact]
    public async Task Mapping_MendedBesideAPayload_MakesTheNextOneAnEvent()
    {
        var (id, path) = await App.AddSourceAsync("Backups of the test", "generic");
        const string payload = """{"job":{"name":"orders","result":"broken"},"hosts":["db-01","db-02"]}""";
        await SignInAsync(Roles.Admin);
        await OpenAsync($"sources/{id}/mapping");
        await Expect(Page.GetByLabel("Example payload")).ToBeVisibleAsync();
        using (var answer = await App.PostPayloadAsync(AddressOf(path[1..]), payload))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "broken" })).ToBeVisibleAsync();
        await Expect(Page.GetByText("has no value in this payload")).ToBeVisibleAsync();

        await Page.GetByLabel("Severity", new() { Exact = true }).FillAsync("");
        await Page.GetByLabel("Severity", new() { Exact = true }).FocusAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "broken" }).PressAsync("Enter");
        await Expect(Page.GetByLabel("Severity", new() { Exact = true })).ToHaveValueAsync("/job/result");
        await Page.GetByLabel("Title", new() { Exact = true }).FillAsync("Backup of {/job/name}");
        await Page.GetByLabel("Title", new() { Exact = true }).BlurAsync();
        await Expect(Page.Locator(".event")).ToContainTextAsync("Backup of orders");
        await Expect(Page.GetByText("is no severity")).ToBeVisibleAsync();
        await Page.Locator(".map-field", new() { Has = Page.GetByLabel("Severity", new() { Exact = true }) })
            .GetByRole(AriaRole.Button, new() { Name = "Say what values stand for" }).ClickAsync();
        await Page.GetByLabel("Value of Severity in the payload").FillAsync("broken");
        await Page.GetByLabel("Value of Severity in the payload").PressAsync("Tab");
        await Page.GetByLabel("What “broken” stands for").FillAsync("Critical");
        await Page.GetByLabel("What “broken” stands for").BlurAsync();
        await Expect(Page.Locator(".event .severity")).ToContainTextAsync("Critical");
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await PictureAsync("source-mapping");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Save mapping" }).ClickAsync();
        await Expect(Page.GetByText("Mapping saved")).ToBeVisibleAsync();
        using (var answer = await App.PostPayloadAsync(AddressOf(path[1..]), payload))
        {
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
                .ShouldBe("""{"accepted":1,"duplicates":0,"unmapped":0}""");
        }

        await OpenAsync($"events?via={id}");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Backup of orders" })).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Backup of orders" }).ClickAsync();
        await Expect(Page.Locator("dialog[open]").GetByRole(AriaRole.Link, new() { Name = "Backups of the test" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Unmapped_MappedAgainFromThePageAndFromTheEvent_LeadsToWhatItBecame()
    {
        var (id, path) = await App.AddSourceAsync("Unmapped of the test", "generic");
        foreach (var payload in new[] { """{"headline":"Disk of db-07 is full"}""", """{"said":"Fan of db-07 stands still"}""" })
        {
            using var answer = await App.PostPayloadAsync(AddressOf(path[1..]), payload);
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        await MapAsync(id, """{"fields":{"title":"/headline"}}""");
        await SignInAsync(Roles.Operator);
        await OpenAsync("sources?q=Unmapped of");
        await Expect(Page.Locator("tbody tr")).ToContainTextAsync("2 unmapped");
        await OpenAsync($"sources/{id}");
        await Expect(Page.GetByText("2 payloads could not be mapped")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Map again" }).ClickAsync();
        await Expect(Page.GetByText("1 payload mapped, 1 new event")).ToBeVisibleAsync();
        await Expect(Page.GetByText("1 payload could not be mapped")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        await MapAsync(id, """{"fields":{"title":"/said"}}""");
        await OpenAsync($"events?via={id}&type=source.unmapped");
        await Page.GetByRole(AriaRole.Button, new() { Name = "a payload could not be mapped" }).First.ClickAsync();
        var drawer = Page.Locator("dialog[open]");
        await drawer.GetByRole(AriaRole.Button, new() { Name = "Map again" }).ClickAsync();
        await Expect(drawer.GetByText("It became this event:")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await drawer.GetByRole(AriaRole.Link, new() { Name = "Fan of db-07 stands still" }).ClickAsync();
        await Expect(drawer.Locator("h2").First).ToContainTextAsync("Fan of db-07 stands still");
    }

    private async Task MapAsync(int id, string mapping)
    {
        using var answer = await App.CreateApiClient().PatchAsJsonAsync($"api/sources/{id}", new { mapping });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
