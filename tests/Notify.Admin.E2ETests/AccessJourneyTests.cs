using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Sandbox.Slack;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>From nothing to a list that is kept true: a workspace, a function, a plan, its apply, the history, a drift that is accepted;
/// then a file that changes two lists at once. Takes the pictures of the README.</summary>
public sealed class AccessJourneyTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    private const string Report = "Fn0REPORT77";
    private const string OnCall = "Fn0ONCALL77";

    [Fact]
    public async Task Journey_WorkspaceToAcceptedDriftAndImport_EndsInStep()
    {
        Put(Report, 1, 2, 3, 4);
        Put(OnCall, 1, 6);
        Put("Fn0RELEASE7", 2);
        await SignInAsync(Roles.Admin);
        await AddWorkspaceAsync();
        await AddFunctionAsync("Fn0RELEASE7", "Announce release");
        await AddFunctionAsync(OnCall, "Page who is on call");
        await AddFunctionAsync(Report, "Create report");

        await Button("Rename").ClickAsync();
        await Page.GetByLabel("Name here").FillAsync("Create incident report");
        await Button("Save name").ClickAsync();
        await Expect(Page.Locator("h1")).ToContainTextAsync("Create incident report");
        await Page.GetByLabel("Find people").FillAsync("emma");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Emma Fischer" }).First.ClickAsync();
        await Page.Locator(".people").GetByRole(AriaRole.Button).First.ClickAsync();
        await Button("Plan the change").ClickAsync();
        await Expect(Page.GetByText("Gain access (1)")).ToBeVisibleAsync();
        await SetWidthAsync(1440, 1000);
        await PictureAsync("access-list");
        await ApplyAsync();
        await Expect(Page.GetByText("Slack has the desired list")).ToBeVisibleAsync();
        await Expect(Page.Locator(".history li")).ToHaveCountAsync(2);
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        Put(Report, 2, 3, 4, 5, 9);
        await Button("Refresh").ClickAsync();
        await Expect(Page.GetByText("Slack has another list than the desired one")).ToBeVisibleAsync();
        await OpenAsync("slack/functions");
        await Expect(Page.Locator(".badge", new() { HasTextString = "Drifted" })).ToBeVisibleAsync();
        await PictureAsync("access-lists");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Create incident report" }).ClickAsync();
        await Button("Accept what is in Slack").ClickAsync();
        await Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Accept what is in Slack" }).ClickAsync();
        await Expect(Page.Locator("h1")).ToContainTextAsync("In sync");
        Listed(Report).ShouldContain(SlackSeeds.PersonId(9));

        await ImportAsync();
        await PictureInChineseAsync();
    }

    private async Task AddWorkspaceAsync()
    {
        await OpenAsync("slack/workspaces/new");
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Acme");
        await Page.GetByLabel("Bot token", new() { Exact = true }).FillAsync(SlackSeeds.BotToken);
        await Page.GetByLabel("App configuration token").FillAsync(SlackSeeds.ConfigurationToken);
        await Page.GetByLabel("Refresh token", new() { Exact = true }).FillAsync(SlackSeeds.RefreshToken);
        await Button("Add workspace").ClickAsync();
        await Expect(Page.GetByText("28 people are kept.")).ToBeVisibleAsync();
        await PictureAsync("slack-workspace");
    }

    private async Task AddFunctionAsync(string function, string name)
    {
        await OpenAsync("slack/functions/new");
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Function id" }).FillAsync(function);
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await Button("Add function").ClickAsync();
        await Expect(Page.Locator("h1")).ToContainTextAsync("In sync");
    }

    private async Task ImportAsync()
    {
        await OpenAsync("slack/functions");
        await Button("Export").ClickAsync();
        var download = await Page.RunAndWaitForDownloadAsync(() =>
            Page.GetByRole(AriaRole.Link, new() { Name = "YAML, to read and to keep in version control" }).ClickAsync());
        var file = await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken);
        file.ShouldContain($"function_id: {Report}");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Import", Exact = true }).ClickAsync();
        // The field is drawn a moment before its script listens: what is chosen in between is lost.
        await Page.WaitForFunctionAsync("() => document.querySelector('input[type=file]')?._blazorInputFileNextFileId !== undefined");
        await Page.GetByLabel("File with access lists").SetInputFilesAsync(new FilePayload
        {
            Name = "lists.yaml", MimeType = "application/yaml",
                Buffer = System.Text.Encoding.UTF8.GetBytes(file.Replace("user_ids:", "userids:", StringComparison.Ordinal)),
        });
        await Expect(Page.GetByText("lists.yaml cannot be imported. Problems: 3")).ToBeVisibleAsync();
        await Page.GetByLabel("File with access lists").SetInputFilesAsync(new FilePayload
        {
            Name = "lists.yaml", MimeType = "application/yaml",
                Buffer = System.Text.Encoding.UTF8.GetBytes(file.Replace($"- {SlackSeeds.PersonId(2)} ", $"- {SlackSeeds.PersonId(7)} ",
                StringComparison.Ordinal)),
        });
        await Button("Change lists: 2").ClickAsync();
        await Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Change lists: 2" }).ClickAsync();
        await Expect(Page.GetByText("The change has ended")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        Listed(Report).ShouldContain(SlackSeeds.PersonId(7));
        Listed(Report).ShouldNotContain(SlackSeeds.PersonId(2));
    }

    private async Task PictureInChineseAsync()
    {
        await OpenAsync("slack/functions");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Create incident report" }).ClickAsync();
        await Expect(Page.Locator("h1")).ToContainTextAsync("In sync");
        var address = Page.Url;
        await SetLanguageAsync("zh-CN");
        await OpenAsync(address);
        await Page.GetByLabel("查找人员").FillAsync("bob");
        await Page.Locator(".found-item").First.ClickAsync();
        await Button("生成变更计划").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "执行" }).First).ToBeVisibleAsync();
        await PictureAsync("access-list-chinese");
    }

    private async Task ApplyAsync()
    {
        await Button("Apply plan").ClickAsync();
        await Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Apply plan" }).ClickAsync();
    }

    private ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private void Put(string function, params int[] people) => Sandbox.Slack.Functions.Put(new SandboxFunction
    {
        Id = function, CallbackId = function.ToLowerInvariant(), PermissionType = "named_entities",
            UserIds = [.. people.Select(SlackSeeds.PersonId)],
    });

    private IReadOnlyList<string> Listed(string function) => [.. Sandbox.Slack.Functions.Find(function)!.UserIds];
}
