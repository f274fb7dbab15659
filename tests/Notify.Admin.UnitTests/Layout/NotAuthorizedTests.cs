using Bunit;
using Microsoft.AspNetCore.Components;
using Notify.Admin.Layout;
using Notify.Admin.Security;
using Notify.Admin.UnitTests.Shared;

namespace Notify.Admin.UnitTests.Layout;

/// <summary>What somebody reads whose role does not suffice.</summary>
public sealed class NotAuthorizedTests : ComponentTest
{
    public NotAuthorizedTests() => this.AddAuthorization().SetAuthorized("someone@example.test").SetRoles(Roles.Viewer);

    [Fact]
    public void Action_ThatWasRefused_NamesTheRolesThatMay_AndLeadsBack()
    {
        var isBack = false;
        var shown = Render<NotAuthorized>(parameters => parameters.Add(p => p.Policy, Policies.Operate)
            .Add(p => p.OnBack, EventCallback.Factory.Create(this, () => isBack = true)));

        shown.Find("h1").TextContent.ShouldBe("Your role may not do this");
        shown.Markup.ShouldContain("It needs the role Admin or Operator.");
        shown.FindAll("button").Single(button => button.TextContent.Contains("Back to the page", StringComparison.Ordinal)).Click();
        isBack.ShouldBeTrue();
    }

    [Fact]
    public void Page_ThatIsAnotherRoles_HasNoWayBackToIt()
    {
        var shown = Render<NotAuthorized>();

        shown.Find("h1").TextContent.ShouldBe("You don't have access to this page");
        shown.Markup.ShouldNotContain("Back to the page");
    }
}
