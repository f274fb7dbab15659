using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Notify.Admin.Background;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.UnitTests.Shared;
using Notify.Admin.UnitTests.Slack;

namespace Notify.Admin.UnitTests.ChannelPages;

public sealed class SameNameHintTests : ComponentTest
{
    private const string Text = "Another chatbot is called this too.";

    private readonly QuietDesk _desk = new();
    private readonly ChangeFeed _feed = new(null!, new WorkRegister(TimeProvider.System), TimeProvider.System,
        NullLogger<ChangeFeed>.Instance);

    public SameNameHintTests()
    {
        this.AddAuthorization().SetAuthorized("admin@example.test").SetRoles(Roles.Admin);
        _desk.Channels.Add(new ChannelName(new ChannelKey(ChannelKind.DingTalk, 1), "Ops", IsOn: true));
        _desk.Channels.Add(new ChannelName(new ChannelKey(ChannelKind.Slack, 1), "Night watch", IsOn: false));
        Services.AddSingleton<IDeliveryDesk>(_desk);
        Services.AddSingleton(_feed);
    }

    [Theory]
    [InlineData("Ops", null, true)]
    [InlineData(" ops ", 2, true)]
    [InlineData("Ops", 1, false)]
    [InlineData("Ops 2", null, false)]
    [InlineData("", null, false)]
    [InlineData("Night watch", null, false)]
    public void Hint_NameOfAnotherChannelOfTheKind_IsShown(string name, int? own, bool isShown) =>
        RenderWith(name, own).Find("[role=status]").TextContent.Trim().ShouldBe(isShown ? Text : "");

    [Fact]
    public void Hint_AnotherChannelGetsTheName_Appears()
    {
        var hint = RenderWith("Duty", own: null);
        _desk.Channels.Add(new ChannelName(new ChannelKey(ChannelKind.DingTalk, 3), "Duty", IsOn: true));

        _feed.Announce(ChangeAreas.Channels);

        hint.WaitForAssertion(() => hint.Find("[role=status]").TextContent.Trim().ShouldBe(Text));
    }

    private IRenderedComponent<SameNameHint> RenderWith(string name, int? own) => Render<SameNameHint>(with => with
        .Add(h => h.Kind, ChannelKind.DingTalk).Add(h => h.Own, own).Add(h => h.Name, name).Add(h => h.Text, Text));
}
