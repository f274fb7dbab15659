using Bunit;
using Notify.Admin.Shared;

namespace Notify.Admin.UnitTests.Shared;

public sealed class SecretFieldTests : ComponentTest
{
    private string? _value;

    [Fact]
    public void Render_Configured_ShowsTheTailAndNoInput()
    {
        var field = RenderField(isConfigured: true);

        field.Find(".secret").TextContent.ShouldContain("Configured");
        field.Find(".secret-tail").TextContent.ShouldBe("…a1b2");
        field.FindAll("input").ShouldBeEmpty();
    }

    [Fact]
    public void Render_NotConfigured_AsksForIt()
    {
        var input = RenderField(isConfigured: false).Find("input");

        input.GetAttribute("type").ShouldBe("password");
        input.GetAttribute("autocomplete").ShouldBe("new-password");
    }

    [Fact]
    public void Input_Typed_GoesUpAndIsNeverRenderedBack()
    {
        var field = RenderField(isConfigured: true);

        field.Act(() => field.Find(".secret button"), e => e.Click());
        field.Act(() => field.Find("input"), e => e.Input("xoxb-canary"));
        field.Render(parameters => parameters.Add(f => f.Value, _value));

        _value.ShouldBe("xoxb-canary");
        field.Markup.ShouldNotContain("canary");
    }

    [Fact]
    public void Keep_AfterTyping_ForgetsWhatWasTyped()
    {
        var field = RenderField(isConfigured: true);
        field.Act(() => field.Find(".secret button"), e => e.Click());
        field.Act(() => field.Find("input"), e => e.Input("xoxb-canary"));

        field.Act(() => field.FindAll("button").Single(button => button.TextContent.Trim() == "Keep the stored one"), e => e.Click());

        _value.ShouldBeNull();
        field.FindAll("input").ShouldBeEmpty();
    }

    [Fact]
    public void Value_TakenBackAfterSaving_ClosesTheBox()
    {
        var field = RenderField(isConfigured: true);
        field.Act(() => field.Find(".secret button"), e => e.Click());
        field.Act(() => field.Find("input"), e => e.Input("xoxb-canary"));
        field.Render(parameters => parameters.Add(f => f.Value, _value));

        field.Render(parameters => parameters.Add(f => f.Value, null));

        field.FindAll("input").ShouldBeEmpty();
    }

    [Fact]
    public void Show_Pressed_RevealsOnlyWhatIsBeingTyped()
    {
        var field = RenderField(isConfigured: false);

        field.Act(() => field.Find("button[aria-pressed]"), e => e.Click());

        field.Find("input").GetAttribute("type").ShouldBe("text");
        field.Find("button[aria-pressed]").GetAttribute("aria-pressed").ShouldBe("true");
    }

    private IRenderedComponent<SecretField> RenderField(bool isConfigured) => Render<SecretField>(parameters => parameters
        .Add(f => f.Label, "Bot token")
        .Add(f => f.IsConfigured, isConfigured)
        .Add(f => f.LastFour, "a1b2")
        .Add(f => f.ValueChanged, value => _value = value));
}
