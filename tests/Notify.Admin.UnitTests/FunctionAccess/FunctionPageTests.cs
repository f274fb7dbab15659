using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Security;

namespace Notify.Admin.UnitTests.FunctionAccess;

public sealed class FunctionPageTests : FunctionAccessPageTest
{
    [Fact]
    public async Task Page_OfAnotherFunction_ShowsNothingOfTheFirst()
    {
        await using var context = await Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        var id = (await context.ManagedFunctions.SingleAsync(Stop)).Id;
        var page = RenderAs<FunctionPage>(Roles.Viewer, parameters => parameters.Add(page => page.Id, id + 1));
        page.WaitForAssertion(() => page.FindAll(".access-panes").ShouldBeEmpty());
        page.WaitForAssertion(() => page.FindAll("a[href='slack/functions']").ShouldNotBeEmpty("there is none of that id"));

        page.Render(parameters => parameters.Add(page => page.Id, id));

        page.WaitForAssertion(() => page.FindAll(".access-panes").ShouldNotBeEmpty());
        page.Find("h1").TextContent.ShouldContain("Create report");
    }
}
