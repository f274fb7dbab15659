using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.Slack;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>Access lists in the browser: add, plan, apply, drift, restore; a pasted list; a leaver.</summary>
public sealed class FunctionAccessTests(Browser browser, FunctionAccessTests.ConnectedProduct product)
    : Journey(browser, product), IClassFixture<FunctionAccessTests.ConnectedProduct>
{
    [Fact]
    public async Task Journey_AddPlanApplyDriftRestore_EndsInStep()
    {
        const string Function = "Fn0JOURNEY1";
        Put(Function, SlackSeeds.PersonId(1), SlackSeeds.PersonId(3));
        await SignInAsync(Roles.Admin);
        await OpenAsync("slack/functions/new");
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Function id" }).FillAsync(Function);
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Journey");
        await Button("Add function").ClickAsync();
        await Expect(Page.Locator("h1")).ToContainTextAsync("Journey");
        await Expect(Page.Locator("h1")).ToContainTextAsync("In sync");

        await Page.GetByLabel("Find people").FillAsync("emma");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Emma Fischer" }).First.ClickAsync();
        await Button("Plan the change").ClickAsync();
        await Expect(Page.GetByText("Gain access (1)")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        // Nobody loses access: the plan is not asked about once more.
        await Button("Apply plan").ClickAsync();
        await Expect(Page.GetByText("Slack has the desired list")).ToBeVisibleAsync();
        Listed(Function).ShouldBe([SlackSeeds.PersonId(1), SlackSeeds.PersonId(3), SlackSeeds.PersonId(5)]);

        Put(Function, SlackSeeds.PersonId(1), SlackSeeds.PersonId(9));
        await Button("Refresh").ClickAsync();
        await Expect(Page.GetByText("Slack has another list than the desired one")).ToBeVisibleAsync();
        await OpenAsync("slack/functions?state=drifted");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Journey" })).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Journey" }).ClickAsync();
        await Button("Plan to restore").ClickAsync();
        await Expect(Page.GetByText("Lose access (1)")).ToBeVisibleAsync();
        await ApplyAsync();
        await Expect(Page.GetByText("Slack has the desired list")).ToBeVisibleAsync();
        Listed(Function).ShouldBe([SlackSeeds.PersonId(1), SlackSeeds.PersonId(3), SlackSeeds.PersonId(5)]);
        await Expect(Page.Locator("h1")).ToContainTextAsync("In sync");
    }

    [Fact]
    public async Task PlanAndApply_WithoutAMouse_EndsInStep()
    {
        const string Function = "Fn0KEYS0001";
        Put(Function, SlackSeeds.PersonId(1));
        var id = await AddAsync(Function, "Keys");
        await SignInAsync(Roles.Admin);
        await OpenAsync($"slack/functions/{id}");

        await Page.TabAndPasteAsync(Page.GetByLabel("Find people"), "emma");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByText("People (2)")).ToBeVisibleAsync();
        await Page.TabToAsync(Button("Plan the change"));
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByText("Gain access (1)")).ToBeVisibleAsync();
        await Page.TabToAsync(Button("Apply plan"));
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Page.GetByText("Slack has the desired list")).ToBeVisibleAsync();
        Listed(Function).ShouldBe([SlackSeeds.PersonId(1), SlackSeeds.PersonId(5)]);
    }

    [Fact]
    public async Task Paste_TwoHundredAddressesWithThreeUnknown_NamesTheThree()
    {
        const string Function = "Fn0PASTE001";
        Put(Function, SlackSeeds.PersonId(1));
        var id = await AddAsync(Function, "Paste");
        await SignInAsync(Roles.Admin);
        await OpenAsync($"slack/functions/{id}");
        await Button("Paste a list").ClickAsync();
        var known = Enumerable.Range(1, 197).Select(ConnectedProduct.EmailOf);
        await Page.GetByLabel("E-mail addresses or ids")
            .FillAsync(string.Join(", ", known.Append("ghost1@example.com").Append("ghost2@example.com").Append("ghost3@example.com")));

        await Button("Add to desired list").ClickAsync();

        await Expect(Page.GetByText("Not found: 3")).ToBeVisibleAsync();
        await Expect(Page.Locator("dialog[open] li")).ToHaveTextAsync(["ghost1@example.com", "ghost2@example.com", "ghost3@example.com"]);
        await Page.Locator("dialog[open]").GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();
        await Expect(Page.GetByText("People (198)")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Edits_NotApplied_AreNotLeftUnasked()
    {
        const string Function = "Fn0UNSAVED1";
        Put(Function, SlackSeeds.PersonId(1));
        var id = await AddAsync(Function, "Edited");
        await SignInAsync(Roles.Admin);
        await OpenAsync($"slack/functions/{id}");
        await Page.GetByLabel("Find people").FillAsync("emma");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Emma Fischer" }).First).ToBeVisibleAsync();
        await Page.GetByLabel("Find people").PressAsync("ArrowDown");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByText("People (2)")).ToBeVisibleAsync();
        await Expect(Page.GetByLabel("Find people")).ToBeFocusedAsync();

        await Page.Locator("#navigation a[href='events']").ClickAsync();
        await Button("Keep editing").ClickAsync();
        await Button("Plan the change").ClickAsync();
        await Expect(Page.GetByText("Gain access (1)")).ToBeVisibleAsync();
        await Expect(Page.Locator("#plan-title")).ToBeFocusedAsync();
        await Page.Locator("#navigation a[href='events']").ClickAsync();
        await Button("Discard changes").ClickAsync();

        await Expect(Page.Locator("h1")).ToHaveTextAsync("Events");
        Listed(Function).ShouldBe([SlackSeeds.PersonId(1)]);
    }

    [Fact]
    public async Task Leaver_OnThreeLists_IsTakenOffAll()
    {
        string[] functions = ["Fn0LEAVER01", "Fn0LEAVER02", "Fn0LEAVER03"];
        foreach (var function in functions)
        {
            Put(function, SlackSeeds.PersonId(7), SlackSeeds.PersonId(8));
            await AddAsync(function, function);
        }

        await SignInAsync(Roles.Admin);
        await OpenAsync("slack/functions/bulk");
        await Page.GetByRole(AriaRole.Tab, new() { Name = "Take a person's access" }).ClickAsync();
        await Page.GetByLabel("Find people").FillAsync("grace.kim@example.com");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Grace Kim" }).ClickAsync();
        await Button("Change lists: 3").ClickAsync();
        await Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Change lists: 3" }).ClickAsync();

        await Expect(Page.GetByText("The change has ended")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        foreach (var function in functions)
        {
            Listed(function).ShouldBe([SlackSeeds.PersonId(8)]);
        }
    }

    [Fact]
    public async Task Widen_ToEveryone_AsksTwice()
    {
        const string Function = "Fn0WIDEN001";
        Put(Function, SlackSeeds.PersonId(1));
        var id = await AddAsync(Function, "Widen");
        await SignInAsync(Roles.Admin);
        await OpenAsync($"slack/functions/{id}");
        await Page.Locator("input[value=everyone]").CheckAsync();
        await Button("Plan the change").ClickAsync();
        await Expect(Page.GetByText("Everyone in the workspace gains access").First).ToBeVisibleAsync();
        await Button("Apply plan").ClickAsync();

        var question = Page.GetByRole(AriaRole.Alertdialog);
        await Expect(question.GetByRole(AriaRole.Button, new() { Name = "Apply plan" })).ToBeDisabledAsync();
        await question.GetByRole(AriaRole.Textbox).FillAsync("Widen");
        await question.GetByRole(AriaRole.Button, new() { Name = "Apply plan" }).ClickAsync();

        await Expect(Page.GetByText("Slack has the desired list")).ToBeVisibleAsync();
        Sandbox.Slack.Functions.Find(Function)!.PermissionType.ShouldBe("everyone");
    }

    [Fact]
    public async Task Viewer_SeesAndChangesNothing()
    {
        const string Function = "Fn0VIEWER01";
        Put(Function, SlackSeeds.PersonId(1));
        var id = await AddAsync(Function, "Viewed");
        await SignInAsync(Roles.Viewer);
        await OpenAsync($"slack/functions/{id}");

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Current in Slack" })).ToBeVisibleAsync();
        await Expect(Button("Plan the change")).ToHaveCountAsync(0);
        await Expect(Button("Refresh")).ToHaveCountAsync(0);
        await Expect(Button("Remove from list")).ToHaveCountAsync(0);
    }

    private ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private async Task ApplyAsync()
    {
        await Button("Apply plan").ClickAsync();
        await Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Apply plan" }).ClickAsync();
    }

    private void Put(string function, params string[] users) => Sandbox.Slack.Functions.Put(new SandboxFunction
    {
        Id = function, CallbackId = function.ToLowerInvariant(), PermissionType = "named_entities", UserIds = users,
    });

    private string[] Listed(string function) => [.. Sandbox.Slack.Functions.Find(function)!.UserIds.Order(StringComparer.Ordinal)];

    private Task<int> AddAsync(string function, string name) => App.AddFunctionAsync(function, name);

    public sealed class ConnectedProduct : Product
    {
        public static string EmailOf(int number) => $"person{number}@crowd.example.com";

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            App.Sandbox.Slack.Users.Put([.. Enumerable.Range(1, 197)
                .Select(number => new SandboxUser { Id = $"U0CROWD{number:D3}", Name = $"person{number}", RealName = $"Person {number}",
                Email = EmailOf(number) })]);
            await App.WaitForPeopleAsync(await App.AddWorkspaceAsync());
        }
    }
}
