using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Notify.Admin.Audit;
using Notify.Admin.Background;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.Testing;
using Notify.Admin.UnitTests.Shared;
using Notify.Admin.UnitTests.Slack;

namespace Notify.Admin.UnitTests.FunctionAccess;

/// <summary>The page over its real services and a real store; nothing works on the runs, so what is begun stays begun.</summary>
public sealed class ImportPageTests : ComponentTest, IAsyncLifetime
{
    private const string Function = "Fn0REPORT01";

    private TestDatabase _database = null!;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        Services.AddSingleton(await _database.MigrateAsync(Stop));
        Services.AddLogging();
        Services.AddSingleton(new SecretProtector(new EphemeralDataProtectionProvider()));
        Services.AddSingleton(new DatabaseOptions { Provider = DatabaseProvider.Sqlite, ConnectionString = "", DataDirectory = "" });
        Services.AddSingleton(Options.Create(new SlackOptions()));
        Services.AddSingleton<Leases>();
        Services.AddSingleton<WorkRegister>();
        Services.AddSingleton<ChangeFeed>();
        Services.AddSingleton<AuditTrail>();
        Services.AddSingleton(PretendSlack.Answering("""{"ok":false,"error":"invalid_auth"}""").Client());
        Services.AddSingleton<IProductEvents, NoEvents>();
        Services.AddSlackWorkspaces();
        Services.AddFunctionAccess(new ConfigurationBuilder().Build());
        await using var context = await Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        context.SlackWorkspaces.Add(new SlackWorkspace { Id = 1, Name = "Acme", BotToken = Services.GetRequiredService<SecretProtector>()
            .Protect("xoxb-1-abcd") });
        var function = new ManagedFunction
        {
            WorkspaceId = 1, Name = "Create report", Key = Function, FunctionId = Function, CreatedBy = "test",
            Wanted = AccessList.Of(PermissionTypes.NamedEntities, ["U1", "U2"]),
        };
        function.Seen(function.Wanted, Now);
        context.ManagedFunctions.Add(function);
        await context.SaveChangesAsync(Stop);
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public void File_WithProblems_NamesEachLineAndOffersNothingToApply()
    {
        var page = Render();

        Upload(page, "lists.yaml", $"functions:\n  - function_id: {Function}\n    permission_type: named_entities\n    userids: [U1]\n  - function_id: Fn0OTHER\n    permission_type: everyone\n");

        page.WaitForAssertion(() => Rows(page).ShouldBe(
            ["4 | userids | There is no such field. A misspelt list would otherwise be taken for empty.",
            "5 | function_id | Fn0OTHER is not under Access lists. Add it there first."]));
        page.FindAll("button").ShouldNotContain(button => button.TextContent.Contains("Change lists"));
        page.Markup.ShouldContain("lists.yaml cannot be imported");
    }

    [Fact]
    public async Task File_Right_ShowsThePlanAndAppliesAfterTheQuestion()
    {
        var page = Render();
        Upload(page, "lists.CSV", $"function_id,permission_type,user_ids\n{Function},named_entities,U2 U3");
        page.WaitForAssertion(() => page.Markup.ShouldContain("Gain access: 1. Lose access: 1. Calls: 2."));
        (await RunsAsync()).ShouldBe(0);

        page.Act(() => Button(page, "Plan for Create report"), e => e.Click());
        page.Markup.ShouldContain("Gain access (1)");
        page.Act(() => Button(page, "Change lists: 1"), e => e.Click());
        page.Act(() => page.FindAll("dialog[role=alertdialog] button").Single(button => button.TextContent.Trim() == "Change lists: 1"),
            e => e.Click());

        page.WaitForAssertion(() => page.Markup.ShouldContain("The lists are being changed"));
        (await RunsAsync()).ShouldBe(1);
    }

    [Fact]
    public void Text_InAnyFormat_IsRecognised()
    {
        var page = Render();
        page.Act(() => page.FindAll("[role=tab]")[1], e => e.Click());

        page.Act(() => page.Find("textarea"),
            e => e.Change($$"""[{"function_id":"{{Function}}","permission_type":"named_entities","user_ids":["U1","U2"]}]"""));
        page.Act(() => Button(page, "Show what changes"), e => e.Click());

        page.WaitForAssertion(() => page.Markup.ShouldContain("Nothing to change"));
        page.FindAll("button").ShouldNotContain(button => button.TextContent.Contains("Change lists"));
    }

    [Fact]
    public void Text_None_IsRefusedOnItsField()
    {
        var page = Render();
        page.Act(() => page.FindAll("[role=tab]")[1], e => e.Click());

        page.Act(() => Button(page, "Show what changes"), e => e.Click());

        page.WaitForAssertion(() => page.Find(".field-error").TextContent.Trim().ShouldBe("Paste the lists first."));
    }

    [Fact]
    public void File_ToEveryone_AsksForTheWord()
    {
        var page = Render();
        Upload(page, "lists.json", $$"""[{"function_id":"{{Function}}","permission_type":"everyone"}]""");
        page.WaitForAssertion(() => page.Markup.ShouldContain("Everyone in the workspace gains access."));

        page.Act(() => Button(page, "Change lists: 1"), e => e.Click());

        page.FindAll("dialog[role=alertdialog] button").Single(button => button.TextContent.Trim() == "Change lists: 1")
            .HasAttribute("disabled").ShouldBeTrue();
    }

    private static void Upload(IRenderedComponent<ImportPage> page, string name, string text) =>
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(text, name));

    private static IElement Button(IRenderedComponent<ImportPage> page, string name) =>
        page.FindAll("button").First(button => (button.GetAttribute("aria-label") ?? button.TextContent.Trim()) == name);

    private static List<string> Rows(IRenderedComponent<ImportPage> page) =>
        [.. page.FindAll("tbody tr").Select(row => string.Join(" | ", row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim())))];

    private IRenderedComponent<ImportPage> Render()
    {
        var person = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, "admin@example.test"),
            new(ClaimTypes.Role, Roles.Admin)], "test"));
        return Render<ImportPage>(parameters => parameters.AddCascadingValue(Task.FromResult(new AuthenticationState(person))));
    }

    private async Task<int> RunsAsync()
    {
        await using var context = await Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        return await context.AccessRuns.CountAsync(Stop);
    }

    private sealed class NoEvents : IProductEvents
    {
        public Task<bool> RaiseAsync(ProductEvent raised) => Task.FromResult(true);
    }
}
