using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Finding;
using Notify.Admin.Layout;
using Notify.Admin.Security;
using Notify.Admin.Shared;
using Notify.Admin.UnitTests.Shared;
using Notify.Admin.UnitTests.Slack;

namespace Notify.Admin.UnitTests.Finding;

/// <summary>What is listed, as assistive technology reads it, and to whom.</summary>
public sealed class CommandPaletteTests : ComponentTest
{
    private readonly QuietDesk _desk = new();

    [Fact]
    public void Opened_ForAnAdmin_ListsPagesAndActions_InBothLanguages()
    {
        var palette = Open(Roles.Admin);

        Titles(palette, FoundKind.Page).ShouldContain("People");
        Titles(palette, FoundKind.Action).ShouldContain("New DingTalk chatbot");
        palette.Find("[role=combobox]").GetAttribute("aria-controls").ShouldBe(palette.Find("[role=listbox]").Id);
        palette.FindAll("[role=listbox] > [role=group]").Select(group => group.GetAttribute("aria-labelledby"))
            .ShouldBe(palette.FindAll(".palette-kind").Select(heading => heading.Id));
        palette.FindAll("[role=option]").Select(option => option.Id).ShouldBeUnique();

        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        Titles(Open(Roles.Admin), FoundKind.Action).ShouldContain("新建钉钉机器人");
    }

    [Theory]
    [InlineData(Roles.Operator)]
    [InlineData(Roles.Viewer)]
    public void Opened_ForOthers_ListsOnlyWhatTheirRoleMaySee(string role)
    {
        var palette = Open(role);

        Titles(palette, FoundKind.Page).ShouldNotContain("People");
        Titles(palette, FoundKind.Page).ShouldContain("Events");
        Titles(palette, FoundKind.Action).ShouldBe(role == Roles.Operator ? ["Send a test to…"] : []);
    }

    [Fact]
    public void Test_Chosen_IsSent_AndItsVerdictStays()
    {
        var palette = Open(Roles.Operator, new Found(FoundKind.Test, "Send a test to Ops", null, IconName.Send, null)
        {
            Tests = new ChannelKey(ChannelKind.Slack, 7),
        });

        palette.Act(() => palette.FindAll("[role=option]").Single(option => option.TextContent.Contains("Ops", StringComparison.Ordinal)),
            e => e.Click());

        palette.WaitForAssertion(() => palette.Markup.ShouldContain("Test accepted"));
        _desk.Chosen.ShouldBe([TestChoice.Newest]);
    }

    [Fact]
    public void Finder_ThatFails_SaysSo_AndThePageLives()
    {
        Services.AddSingleton<IFinder>(new BrokenFinder());

        Open(Roles.Viewer).Markup.ShouldContain("That failed. Try it again in a moment.");
    }

    private static string[] Titles(IRenderedComponent<CommandPalette> palette, FoundKind kind) =>
        [.. palette.FindAll($"[aria-labelledby=palette-{kind}] .palette-title").Select(title => title.TextContent)];

    private IRenderedComponent<CommandPalette> Open(string role, params Found[] also)
    {
        if (Services.All(service => service.ServiceType != typeof(IDeliveryDesk)))
        {
            Services.AddLogging();
            Services.AddFinding();
            Services.AddSingleton<IFinder, PageFinder>();
            Services.AddSingleton<IFinder>(new FixedFinder(also));
            Services.AddSingleton<IDeliveryDesk>(_desk);
            this.AddAuthorization().SetAuthorized("someone@example.test").SetRoles(role);
            this.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        }

        var palette = this.Render<CommandPalette>();
        palette.Act(() => palette.Find("input"), e => e.Input(""));
        palette.WaitForAssertion(() => palette.FindAll("[role=option], .message").Count.ShouldBeGreaterThan(0));
        return palette;
    }

    private sealed class FixedFinder(IReadOnlyList<Found> found) : IFinder
    {
        public Task<IReadOnlyList<Found>> FindAsync(FindText text, int most, Actor actor, CancellationToken cancellationToken) =>
            Task.FromResult(found);
    }

    private sealed class BrokenFinder : IFinder
    {
        public Task<IReadOnlyList<Found>> FindAsync(FindText text, int most, Actor actor, CancellationToken cancellationToken) =>
            Task.FromException<IReadOnlyList<Found>>(new InvalidOperationException("broken"));
    }
}
