using Bunit;
using Notify.Admin.Sources;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.Sources.Pages;

public sealed class SourceNewPageTests : SourcePageTest
{
    [Fact]
    public async Task Create_ShowsTheLinesWithTheAddressThatWorks()
    {
        var page = Render<SourceNewPage>();
        page.Act(() => page.Find("input[value=github]"), e => e.Change("github"));

        page.Act(() => page.Find("form"), e => e.Submit());

        page.WaitForAssertion(() => page.Markup.ShouldContain("Waiting for the first payload"));
        var stored = (await Sources.FindAsync(1, Admin, Stop))!;
        (stored.Name, stored.Kind, stored.Proof, stored.SignatureHeader)
            .ShouldBe(("GitHub", "github", SourceProof.Hmac, SourceSetup.SignatureHeader));
        var address = page.FindAll(".code code")[0].TextContent;
        SourceAddress.Hash(address[(address.LastIndexOf('/') + 1)..]).ShouldBe(stored.KeyHash);
        var lines = page.FindAll(".code code")[1].TextContent.Split('\n');
        lines[0].ShouldBe($"Payload URL: {address}");
        lines.ShouldContain(line => line.StartsWith("Secret: ") && line.EndsWith(stored.Secret!.LastFour));
    }

    [Fact]
    public async Task FirstPayload_WhenItComes_IsToldWithWhereItGoes()
    {
        var page = Render<SourceNewPage>();
        page.Act(() => page.Find("input[type=checkbox]"), e => e.Change(true));
        page.Act(() => page.Find("form"), e => e.Submit());
        page.WaitForAssertion(() => page.Markup.ShouldContain("Waiting for the first payload"));

        await ReceiveAsync(1, TestSources.Payload("alertmanager-firing"));

        page.WaitForAssertion(() => page.Find(".first-payload").TextContent.ShouldContain("Received"));
        page.Find(".first-payload").TextContent.ShouldContain("It goes to Security alerts.");
    }

    [Theory]
    [InlineData("slack-webhook", "/services/", """{"text":"Build 12 failed"}""")]
    [InlineData("dingtalk-robot", "/robot/send?access_token=", """{"msgtype":"text","text":{"content":"Build 12 failed"}}""")]
    public async Task FirstMessage_OfARobot_IsToldWithWhereItGoes(string kind, string path, string body)
    {
        var page = Render<SourceNewPage>();
        page.Act(() => page.Find($"input[value={kind}]"), e => e.Change(kind));
        page.Act(() => page.Find("input[type=checkbox]"), e => e.Change(true));
        page.Act(() => page.Find("form"), e => e.Submit());
        page.WaitForAssertion(() => page.Find(".code code").TextContent.ShouldContain(path));

        await ReceiveAsync(1, body);

        page.WaitForAssertion(() => page.Find(".first-payload").TextContent.ShouldContain("It goes to Security alerts."));
    }

    [Fact]
    public async Task FirstPayload_Refused_IsToldWithTheReasonUntilOneIsTaken()
    {
        var page = Render<SourceNewPage>();
        page.Act(() => page.Find("form"), e => e.Submit());
        page.WaitForAssertion(() => page.Markup.ShouldContain("Waiting for the first payload"));

        await RefuseAsync(1, new Reason("Off"));

        page.WaitForAssertion(() => page.Find(".first-payload").TextContent.ShouldContain("This source is switched off."));
    }

    [Fact]
    public async Task Create_WithoutAName_SaysSoAndMakesNothing()
    {
        var page = Render<SourceNewPage>();
        page.Act(() => page.Find("input[type=text]"), e => e.Input(""));

        page.Act(() => page.Find("form"), e => e.Submit());

        page.WaitForAssertion(() => page.Find(".field-error").TextContent.ShouldContain("Enter one visible line"));
        (await Sources.ListAsync(Admin, Stop)).ShouldBeEmpty();
    }

    [Fact]
    public void Name_FollowsTheToolUntilItIsTyped()
    {
        var page = Render<SourceNewPage>();
        page.Act(() => page.Find("input[value=grafana]"), e => e.Change("grafana"));
        page.Find("input[type=text]").GetAttribute("value").ShouldBe("Grafana");

        page.Act(() => page.Find("input[type=text]"), e => e.Input("Ops"));
        page.Act(() => page.Find("input[value=sls]"), e => e.Change("sls"));

        page.Find("input[type=text]").GetAttribute("value").ShouldBe("Ops");
    }
}
