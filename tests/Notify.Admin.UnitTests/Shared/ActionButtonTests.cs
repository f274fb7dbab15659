using Bunit;
using Notify.Admin.Shared;

namespace Notify.Admin.UnitTests.Shared;

public sealed class ActionButtonTests : ComponentTest
{
    private readonly TaskCompletionSource _work = new();
    private int _clicks;

    [Fact]
    public void Click_WhileItWorks_DoesNothingAndLeavesTheFocus()
    {
        var button = Render<ActionButton>(with => with.Add(b => b.OnClick, WorkAsync).AddChildContent("Send test"));

        button.Act(() => button.Find("button"), e => e.Click());
        button.Act(() => button.Find("button"), e => e.Click());

        _clicks.ShouldBe(1);
        button.Find("button").GetAttribute("aria-disabled").ShouldBe("true");
        button.Find("button").HasAttribute("disabled").ShouldBeFalse("the browser would take the focus away");
    }

    [Fact]
    public async Task Click_AfterTheWork_WorksAgain()
    {
        var button = Render<ActionButton>(with => with.Add(b => b.OnClick, WorkAsync).AddChildContent("Send test"));
        var first = button.Find("button").ClickAsync(new());
        _work.SetResult();
        await first;

        await button.Find("button").ClickAsync(new());

        _clicks.ShouldBe(2);
    }

    [Fact]
    public void Render_ThatSubmits_IsWhatEnterPresses()
    {
        var button = Render<ActionButton>(with => with.Add(b => b.Submits, true).AddChildContent("Add function"));

        button.Find("button").GetAttribute("type").ShouldBe("submit");
    }

    private Task WorkAsync()
    {
        _clicks++;
        return _work.Task;
    }
}
