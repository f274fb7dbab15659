using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Layout;
using Notify.Admin.UnitTests.Shared;

namespace Notify.Admin.UnitTests.Layout;

public sealed class PageOwnerTests : ComponentTest
{
    private static readonly AuthenticationState Nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));

    [Theory]
    [InlineData("ann", "ann", true)]
    [InlineData("ann", null, true)] // the session has ended: the router leads to the log-in page
    [InlineData(null, null, true)]
    [InlineData("ann", "bob", false)]
    [InlineData(null, "bob", false)]
    public void Render_OnlyForThePersonThePageWasRenderedFor(string? owner, string? person, bool isShown)
    {
        var page = Open(owner, person is null ? Nobody : StateOf(person));

        page.Markup.Contains("content", StringComparison.Ordinal).ShouldBe(isShown);
        Reloads.ShouldBe(isShown ? 0 : 1);
    }

    [Fact]
    public void Reconnection_WithTheSessionOfAnotherPerson_EndsThePage()
    {
        var page = Open("ann", StateOf("ann"));

        page.Render(parameters => parameters.Add(view => view.Value, Task.FromResult(StateOf("bob"))));
        page.Markup.ShouldNotContain("content");
        // Nor does it come back: somebody else has had this circuit in hand.
        page.Render(parameters => parameters.Add(view => view.Value, Task.FromResult(StateOf("ann"))));
        page.Markup.ShouldNotContain("content");
        Reloads.ShouldBe(1);
    }

    private int Reloads => ((BunitNavigationManager)Services.GetRequiredService<NavigationManager>()).History
        .Count(navigation => navigation.Options.ForceLoad);

    private IRenderedComponent<CascadingValue<Task<AuthenticationState>>> Open(string? owner, AuthenticationState state) =>
        Render<CascadingValue<Task<AuthenticationState>>>(parameters => parameters
            .Add(value => value.Value, Task.FromResult(state))
            .AddChildContent<PageOwner>(page => page.Add(view => view.PersonId, owner).AddChildContent("content")));

    private static AuthenticationState StateOf(string person) =>
        new(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person)], "test")));
}
