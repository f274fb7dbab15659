using Bunit;
using Notify.Admin.Shared;

namespace Notify.Admin.UnitTests.Shared;

public sealed class ConfirmButtonTests : ComponentTest
{
    private readonly TaskCompletionSource _work = new();
    private int _confirmed;

    [Fact]
    public void Render_AtFirst_AsksNothing()
    {
        var button = RenderButton();

        button.FindAll(".dialog-body").ShouldBeEmpty();
        button.Find("button").TextContent.Trim().ShouldBe("Delete integration");
    }

    [Fact]
    public void Click_Opens_AQuestionThatSaysWhatWillHappen()
    {
        var button = RenderButton();

        button.Act(() => button.Find("button"), e => e.Click());

        var dialog = button.Find("dialog");
        dialog.GetAttribute("role").ShouldBe("alertdialog");
        button.Find($"#{dialog.GetAttribute("aria-labelledby")}").TextContent.ShouldBe("Delete “sec-alerts”?");
        button.Find($"#{dialog.GetAttribute("aria-describedby")}").TextContent.ShouldContain("12 deliveries");
        JSInterop.VerifyInvoke("notify.dialog.show");
        _confirmed.ShouldBe(0);
    }

    [Fact]
    public void Cancel_Closes_WithoutDoingIt()
    {
        var button = RenderButton();
        button.Act(() => button.Find("button"), e => e.Click());

        Press(button, "Cancel");

        _confirmed.ShouldBe(0);
        button.FindAll(".dialog-body").ShouldBeEmpty();
        JSInterop.VerifyInvoke("notify.dialog.close");
    }

    [Fact]
    public void Escape_WhileAsking_Closes()
    {
        var button = RenderButton();
        button.Act(() => button.Find("button"), e => e.Click());

        button.Find("dialog").TriggerEvent("oncancel", EventArgs.Empty);

        button.FindAll(".dialog-body").ShouldBeEmpty();
    }

    [Fact]
    public void Confirm_Works_ThenCloses()
    {
        var button = RenderButton();
        button.Act(() => button.Find("button"), e => e.Click());

        Press(button, "Delete integration");

        _confirmed.ShouldBe(1);
        button.Find(".dialog-foot [aria-busy]").HasAttribute("disabled").ShouldBeTrue();
        button.Find("dialog").TriggerEvent("oncancel", EventArgs.Empty);
        button.FindAll(".dialog-body").Count.ShouldBe(1);

        _work.SetResult();

        button.WaitForAssertion(() => button.FindAll(".dialog-body").ShouldBeEmpty());
        _confirmed.ShouldBe(1);
    }

    [Fact]
    public void TypeToConfirm_OtherWords_KeepTheButtonShut()
    {
        var button = RenderButton(typeToConfirm: "sec-alerts");
        button.Act(() => button.Find("button"), e => e.Click());

        button.Find(".dialog-foot .mud-button-filled-error").HasAttribute("disabled").ShouldBeTrue();
        button.Act(() => button.Find("input"), e => e.Input("SEC-ALERTS"));
        button.Find(".dialog-foot .mud-button-filled-error").HasAttribute("disabled").ShouldBeTrue();
        button.Act(() => button.Find("input"), e => e.Input("sec-alerts"));

        button.Find(".dialog-foot .mud-button-filled-error").HasAttribute("disabled").ShouldBeFalse();
    }

    private static void Press(IRenderedComponent<ConfirmButton> button, string text) =>
        button.Act(() => button.FindAll(".dialog-foot button").Single(candidate => candidate.TextContent.Trim() == text), e => e.Click());

    private IRenderedComponent<ConfirmButton> RenderButton(string? typeToConfirm = null) => Render<ConfirmButton>(parameters => parameters
        .Add(b => b.Title, "Delete “sec-alerts”?")
        .Add(b => b.Description, "Messages stop at once; 12 deliveries end as skipped.")
        .Add(b => b.Verb, "Delete integration")
        .Add(b => b.TypeToConfirm, typeToConfirm)
        .Add(b => b.OnConfirmed, () =>
        {
            _confirmed++;
            return _work.Task;
        }));
}
