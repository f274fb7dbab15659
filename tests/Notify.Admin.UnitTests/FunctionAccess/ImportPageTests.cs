using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Security;

namespace Notify.Admin.UnitTests.FunctionAccess;

public sealed class ImportPageTests : FunctionAccessPageTest
{
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

    private IRenderedComponent<ImportPage> Render() => RenderAs<ImportPage>(Roles.Admin);

    private async Task<int> RunsAsync()
    {
        await using var context = await Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        return await context.AccessRuns.CountAsync(Stop);
    }
}
