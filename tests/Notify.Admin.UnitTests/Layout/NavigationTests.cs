using Notify.Admin.Layout;

namespace Notify.Admin.UnitTests.Layout;

public sealed class NavigationTests
{
    [Theory]
    [InlineData("", "Nav.Overview")]
    [InlineData("events", "Nav.Events")]
    [InlineData("slack/integrations/12", "Nav.Slack")]
    [InlineData("Slack/Integrations", "Nav.Slack")]
    public void Find_PathOfAnArea_IsThatArea(string path, string textKey) => Navigation.Find(path)?.Item.TextKey.ShouldBe(textKey);

    [Theory]
    [InlineData("profile")]
    [InlineData("eventsource")]
    public void Find_OtherPath_IsNothing(string path) => Navigation.Find(path).ShouldBeNull();

    [Fact]
    public void Groups_Everywhere_HaveTheirOwnKeyAndAddress()
    {
        var items = Navigation.Groups.SelectMany(group => group.Items).ToList();

        items.Select(item => item.Key).ShouldBeUnique();
        items.Select(item => item.Href).ShouldBeUnique();
    }
}
