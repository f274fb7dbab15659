using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Notify.Admin.Security;
using Notify.Admin.Sources;

namespace Notify.Admin.UnitTests.Sources.Pages;

public sealed class SourceFormTests : SourcePageTest
{
    [Fact]
    public async Task Submit_ChangedFields_AreSavedAndTheRestStays()
    {
        var id = await AddAsync("github", SourceProof.Hmac);
        var form = Render(id);
        form.Act(() => Labelled(form, "Name"), e => e.Input("GitHub of the team"));
        form.Act(() => Labelled(form, "Allowed addresses"), e => e.Input("10.0.0.0/8\n\n192.0.2.1"));
        form.Act(() => form.FindAll("input[type=checkbox]:not([role=switch])").Single(), e => e.Change(true));

        form.Act(() => form.Find("form"), e => e.Submit());

        form.WaitForAssertion(() => form.Markup.ShouldContain("Changes saved"));
        var stored = (await Sources.FindAsync(id, Admin, Stop))!;
        (stored.Name, stored.AllowedAddresses, stored.Channels).ShouldBe(("GitHub of the team", "10.0.0.0/8\n192.0.2.1", "slack:7"));
        (stored.Proof, stored.SignatureHeader, stored.Secret?.LastFour).ShouldBe((SourceProof.Hmac, SourceSetup.SignatureHeader, "test"));
    }

    [Fact]
    public async Task Submit_WhatIsNotAccepted_IsSaidAtItsField()
    {
        var id = await AddAsync();
        var form = Render(id);
        form.Act(() => Labelled(form, "Name"), e => e.Input(" "));
        form.Act(() => Labelled(form, "Allowed addresses"), e => e.Input("10.0.0.0/8\nnowhere"));
        form.Act(() => Labelled(form, "Requests a minute"), e => e.Input("many"));
        form.Act(() => Labelled(form, "Authentication"), e => e.Change("Bearer"));

        form.Act(() => form.Find("form"), e => e.Submit());

        form.WaitForAssertion(() => ErrorOf(form, "Name").ShouldBe("Enter one visible line of at most 64 characters."));
        ErrorOf(form, "Allowed addresses").ShouldBe("“nowhere” is no address or network, such as 10.1.0.0/16.");
        ErrorOf(form, "Requests a minute").ShouldBe("Enter a number from 0 to 100000.");
        ErrorOf(form, "Secret").ShouldBe("Enter a secret of 8 to 256 characters.");
        (await Sources.FindAsync(id, Admin, Stop))!.Name.ShouldBe("Ops");
    }

    [Fact]
    public async Task Submit_NameSavedByAnotherMeanwhile_ShowsBoth()
    {
        var id = await AddAsync();
        var form = Render(id);
        form.Act(() => Labelled(form, "Name"), e => e.Input("mine"));
        await Sources.ChangeAsync(id, new SourceDraft { Name = "theirs" }, Admin with { Name = "other@example.test" }, Stop);

        form.Act(() => form.Find("form"), e => e.Submit());

        var panel = form.WaitForElement(".conflict");
        panel.TextContent.ShouldContain("theirs");
        panel.TextContent.ShouldContain("mine");
        panel.TextContent.ShouldContain("other@example.test");
    }

    [Fact]
    public async Task Submit_OtherFieldSavedByAnotherMeanwhile_KeepsBoth()
    {
        var id = await AddAsync();
        var form = Render(id);
        form.Act(() => Labelled(form, "Name"), e => e.Input("mine"));
        await Sources.ChangeAsync(id, new SourceDraft { PerMinute = 5 }, Admin, Stop);

        form.Act(() => form.Find("form"), e => e.Submit());

        form.WaitForAssertion(() => form.Markup.ShouldContain("Changes saved"));
        var stored = (await Sources.FindAsync(id, Admin, Stop))!;
        (stored.Name, stored.PerMinute).ShouldBe(("mine", 5));
    }

    [Fact]
    public async Task Rotate_ShowsTheNewAddressOnceAndThenMasked()
    {
        var id = await AddAsync();
        var form = Render(id);
        var before = (await Sources.FindAsync(id, Admin, Stop))!;
        form.Find(".address").TextContent.ShouldEndWith($"/in/****{before.KeyLastFour}");

        form.Act(() => form.FindAll("button").First(button => button.TextContent.Trim() == "Rotate address"), e => e.Click());
        form.Act(() => form.FindAll("dialog button").Last(button => button.TextContent.Trim() == "Rotate address"), e => e.Click());

        form.WaitForAssertion(() => form.Markup.ShouldContain("Shown only this once"));
        var after = (await Sources.FindAsync(id, Admin, Stop))!;
        var address = form.FindAll(".code code")[0].TextContent;
        SourceAddress.Hash(address[(address.LastIndexOf('/') + 1)..]).ShouldBe(after.KeyHash);
        form.FindAll(".code code")[1].TextContent.ShouldContain(address);
        after.PreviousKeyHash.ShouldBe(before.KeyHash);
        Render(id).Markup.ShouldNotContain(address);
    }

    [Theory]
    [InlineData("en", "Rotate address", "The one before it, which is still good, stops working at once.")]
    [InlineData("zh-CN", "轮换地址", "再前一个仍然有效的地址立即失效。")]
    public async Task Rotate_WhileTheOldAddressIsStillGood_SaysThatItEnds(string language, string verb, string expected)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var id = await AddAsync();
        var first = Render(id);
        first.Act(() => first.FindAll("button").First(button => button.TextContent.Trim() == verb), e => e.Click());
        first.Markup.ShouldNotContain(expected);
        await Sources.RotateAsync(id, null, Admin, Stop);

        var again = Render(id);
        again.Act(() => again.FindAll("button").First(button => button.TextContent.Trim() == verb), e => e.Click());

        again.WaitForAssertion(() => again.Markup.ShouldContain(expected));
    }

    [Fact]
    public async Task Payloads_AreShownWithWhatBecameOfThem_ToAnAdminOnly()
    {
        var id = await AddAsync();
        await ReceiveAsync(id, """{"hello":"there"}""", new MappingProblem(2, "title", new Reason("NoValue")));
        var form = Render(id);

        form.WaitForAssertion(() => form.Find("details.payload").TextContent.ShouldContain("1 event, 1 could not be mapped"));
        form.Markup.ShouldNotContain("there");
        form.Find("details.payload").TriggerEvent("ontoggle", EventArgs.Empty);
        form.WaitForAssertion(() => form.Find("details.payload").TextContent.ShouldContain("\"hello\": \"there\""));
        form.Find("details.payload").TextContent.ShouldContain("Title [2]: has no value in this payload");
        Render(id, Admin with { Role = Roles.Operator }).FindAll("details.payload").ShouldBeEmpty();
    }

    [Fact]
    public async Task Mentions_OfAWebhook_AreLetThroughWhereItSaysSo()
    {
        var id = await AddAsync("slack-webhook");
        var form = Render(id);
        form.Find(".address").TextContent.ShouldContain("/services/****/****/****");

        form.Act(() => form.FindAll("input[role=switch]")[^1], e => e.Change(true));
        form.Act(() => form.Find("form"), e => e.Submit());

        form.WaitForAssertion(() => form.Markup.ShouldContain("Changes saved"));
        (await Sources.FindAsync(id, Admin, Stop))!.LetsMentions.ShouldBeTrue();
    }

    [Fact]
    public async Task Refusal_IsShownWhereItCameLast()
    {
        var id = await AddAsync();
        var form = Render(id);

        await RefuseAsync(id, new Reason("Address", "192.0.2.1"));

        form.WaitForAssertion(() => form.Find(".message").TextContent.ShouldContain("from 192.0.2.1"));
    }

    [Fact]
    public async Task WhatIsWrong_IsSaidInTheReadersLanguage()
    {
        var id = await AddAsync();
        await ReceiveAsync(id, "{}", new MappingProblem(0, "severity", new Reason("NoSeverity", "bad") { Place = "/level" }));
        await RefuseAsync(id, new Reason("ProofHmac", "X-Hub-Signature-256"));
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        var form = Render(id);

        form.WaitForAssertion(() => form.Find("aside .facts").TextContent.ShouldContain("X-Hub-Signature-256 中的签名与正文不符。"));
        form.Find("details.payload").TriggerEvent("ontoggle", EventArgs.Empty);

        form.WaitForAssertion(() => form.Find(".problems").TextContent.ShouldContain("/level: “bad”不是级别"));
        form.FindAll("[lang=en]").ShouldBeEmpty();
    }

    [Fact]
    public async Task Render_Viewer_CanChangeNothing()
    {
        var id = await AddAsync();

        var form = Render(id, Admin with { Role = Roles.Viewer });

        form.Find("fieldset").HasAttribute("disabled").ShouldBeTrue();
        form.FindAll(".save-bar").ShouldBeEmpty();
        form.FindAll("button").ShouldNotContain(button => button.TextContent.Contains("Delete") || button.TextContent.Contains("Rotate"));
    }

    private static IElement Labelled(IRenderedComponent<SourceForm> form, string label) =>
        form.Find($"#{form.FindAll("fieldset label").First(l => l.TextContent == label).GetAttribute("for")}");

    private static string? ErrorOf(IRenderedComponent<SourceForm> form, string label) =>
        form.FindAll(".field").First(field => field.QuerySelector("label, .field-label > span")!.TextContent == label)
            .QuerySelector(".field-error")?.TextContent.Trim();

    private IRenderedComponent<SourceForm> Render(int id, Actor? actor = null) =>
        Render<SourceForm>(parameters => parameters.Add(form => form.Actor, actor ?? Admin).Add(form => form.Id, id));
}
