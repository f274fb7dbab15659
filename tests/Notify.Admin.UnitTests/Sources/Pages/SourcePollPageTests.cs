using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Sources;

namespace Notify.Admin.UnitTests.Sources.Pages;

/// <summary>A source that reads an account: made, changed, and how its polls stand.</summary>
public sealed class SourcePollPageTests : SourcePageTest
{
    [Fact]
    public async Task New_WithAnAccountAndTypes_IsMadeAndShown()
    {
        var page = Render<SourceNewPage>();
        page.WaitForElement("input[type=radio][value=security-center]");
        page.Act(() => page.Find("input[type=radio][value=security-center]"), e => e.Change(true));
        page.Act(() => Box(page, "Baseline risks"), e => e.Change(false));
        page.Act(() => page.Find("input[aria-label='Minutes between polls: Alerts']"), e => e.Input("2"));

        page.Act(() => page.Find("form"), e => e.Submit());

        page.WaitForState(() => Services.GetRequiredService<NavigationManager>().Uri
            .Contains("/sources/", StringComparison.Ordinal));
        var made = (await Sources.ListAsync(Admin, Stop)).ShouldHaveSingleItem();
        (made.Kind, made.AccountId, made.Polls, made.PollFromHours, made.PollLanguage)
            .ShouldBe((SourceKinds.SecurityCenter, 4, "suspicious:2 vul:60 ak-leakage:15", 24, "en"));
    }

    [Fact]
    public async Task Form_MinutesThatAreNone_AreSaidAtTheirField_AndOtherMinutesAreSaved()
    {
        var form = Render(await MakeAsync());
        var minutes = "input[aria-label='Minutes between polls: Vulnerabilities']";
        form.Act(() => form.Find(minutes), e => e.Input("often"));
        form.Act(() => form.Find("form"), e => e.Submit());
        form.WaitForAssertion(() => form.Markup.ShouldContain("Enter 1 to 1440 minutes for each type."));

        form.Act(() => form.Find(minutes), e => e.Input("30"));
        form.Act(() => form.Find("form"), e => e.Submit());

        form.WaitForAssertion(() => form.Markup.ShouldContain("Changes saved"));
        (await Sources.ListAsync(Admin, Stop))[0].Polls.ShouldBe("suspicious:5 vul:30 hc:60 ak-leakage:15");
    }

    [Fact]
    public async Task Form_OfAnAccountThatIsRefused_SaysWhyAndPollsNow()
    {
        var id = await MakeAsync();
        var store = Services.GetRequiredService<SourcePollStore>();
        var source = (await Sources.FindAsync(id, Admin, Stop))!;
        await store.FollowAsync(source, [], Now, Stop);
        var poll = (await store.ListAsync(id, Stop)).Single(one => one.Type == "suspicious");
        await store.WriteAsync(poll, one => (one.LastAt, one.Failures, one.PausedFor, one.Trouble) = (Now, 1, "4:1",
            StoredReasons.Write(new Reason("PollRefused", "SignatureDoesNotMatch", "DescribeSuspEvents", ""))), Stop);
        var form = Render(id);

        form.WaitForAssertion(() => form.Markup.ShouldContain("Paused: the account is refused"));
        form.Markup.ShouldContain("Security Center refuses the key of the account (SignatureDoesNotMatch at DescribeSuspEvents).");
        form.Markup.ShouldNotContain("Where the tool posts");
        form.Act(() => form.FindAll("button").Single(button => button.TextContent.Contains("Poll now", StringComparison.Ordinal)),
            e => e.Click());

        form.WaitForAssertion(() => form.Markup.ShouldNotContain("Paused: the account is refused"));
        (await store.ListAsync(id, Stop)).ShouldAllBe(one => one.PausedFor == null);
    }

    private async Task<int> MakeAsync() => (await Sources.CreateAsync(
        new SourceDraft { Name = "Cloud", Kind = SourceKinds.SecurityCenter, AccountId = 4 }, Admin, Stop)).Source!.Id;

    private IRenderedComponent<SourceForm> Render(int id)
    {
        var form = Render<SourceForm>(parameters => parameters.Add(f => f.Actor, Admin).Add(f => f.Id, id));
        form.WaitForElement("form");
        return form;
    }

    private static IElement Box(IRenderedComponent<SourceNewPage> page, string label) =>
        page.FindAll("label.check").Single(one => one.TextContent.Trim() == label).QuerySelector("input")!;
}
