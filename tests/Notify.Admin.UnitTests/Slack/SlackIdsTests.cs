using Notify.Admin.FunctionAccess;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

public class SlackIdsTests
{
    [Theory]
    [InlineData("C0123456789")]
    [InlineData(" `C0123456789` ")]
    [InlineData("#C0123456789")]
    [InlineData("<#C0123456789>")]
    [InlineData("<#C0123456789|general>")]
    [InlineData("see <#C0123456789|general> please")]
    [InlineData("https://acme.slack.com/archives/C0123456789")]
    [InlineData("https://acme.slack.com/archives/C0123456789/p1503435956000247?thread_ts=1503435956.000247&cid=C0999999999")]
    [InlineData("https://acme.enterprise.slack.com/archives/C0123456789")]
    [InlineData("https://app.slack.com/client/T0123456789/C0123456789")]
    [InlineData("https://app.slack.com/client/E0123456789/C0123456789/thread/C0123456789-1503435956.000247")]
    [InlineData("<https://app.slack.com/client/T0123456789/C0123456789|link>")]
    [InlineData("https://slack.com/app_redirect?team=T0123456789&channel=C0123456789")]
    [InlineData("https://CACME12345.slack.com/messages/C0123456789/")]
    [InlineData("slack://channel?team=T0123456789&id=C0123456789")]
    public void Channel_OfWhateverSlackHandsOut_IsItsId(string text) => SlackIds.Channel(text).ShouldBe("C0123456789");

    [Theory]
    [InlineData("U0123456789")]
    [InlineData("@U0123456789")]
    [InlineData("<@U0123456789>")]
    [InlineData("<@U0123456789|alice>")]
    [InlineData("https://acme.slack.com/team/U0123456789")]
    [InlineData("https://app.slack.com/client/T0123456789/D0123456789/user_profile/U0123456789")]
    [InlineData("slack://user?team=T0123456789&id=U0123456789")]
    public void Person_OfWhateverSlackHandsOut_IsTheirId(string text) => SlackIds.Person(text).ShouldBe("U0123456789");

    [Theory]
    [InlineData("https://app.slack.com/client/T0123456789/C0123456789", "T", "T0123456789")]
    [InlineData("slack://channel?team=T0123456789&id=C0123456789", "T", "T0123456789")]
    [InlineData("https://app.slack.com/manage/E0123456789/workspaces", "E", "E0123456789")]
    [InlineData("https://api.slack.com/apps/A0123456789/functions/Fn0123456789", "Fn", "Fn0123456789")]
    [InlineData("https://app.slack.com/app-settings/T0123456789/A0123456789/app-manifest", "A", "A0123456789")]
    public void Find_TeamFunctionAndApp_AreTakenOut(string text, string prefix, string id) => SlackIds.Find(text, prefix).ShouldBe(id);

    [Theory]
    [InlineData("#general", "#general")]
    [InlineData(" C1 ", "C1")]
    [InlineData("https://example.com/elsewhere", "https://example.com/elsewhere")]
    [InlineData("CANDY STORE", "CANDY STORE")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Channel_OfAnythingElse_IsAsTyped(string? text, string expected) => SlackIds.Channel(text).ShouldBe(expected);

    [Fact]
    public void FunctionName_OfLinks_IsRead()
    {
        FunctionName.Read("https://api.slack.com/apps/A0123456789/functions/Fn0123456789", null, null, out var byId).ShouldBeNull();
        FunctionName.Read(null, "create_report", "https://api.slack.com/apps/A0123456789/general?", out var byCallback).ShouldBeNull();

        (byId!.FunctionId, byCallback!.AppId).ShouldBe(("Fn0123456789", "A0123456789"));
    }
}
