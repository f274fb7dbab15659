using Bunit;
using Notify.Admin.Shared;

namespace Notify.Admin.UnitTests.Shared;

public sealed class SaveBarTests : ComponentTest
{
    [Fact]
    public void Save_Done_SaysSo()
    {
        var bar = RenderWith(2);
        bar.Act(() => bar.Find("button[type=submit]"), e => e.Click());
        Update(bar, 2, isSaving: true);

        Update(bar, 0);

        bar.Find("[role=status]").TextContent.Trim().ShouldBe("Saved");
        bar.Find(".save-bar").ClassList.ShouldContain("save-bar-saved");
    }

    [Fact]
    public void Save_Refused_KeepsTheCount()
    {
        var bar = RenderWith(2);
        bar.Act(() => bar.Find("button[type=submit]"), e => e.Click());
        Update(bar, 2, isSaving: true);

        Update(bar, 2);
        Update(bar, 0);

        bar.Find(".save-bar").ClassList.ShouldNotContain("save-bar-saved", "the changes were taken back, not saved");
    }

    [Fact]
    public void Change_AfterASave_CountsAgain()
    {
        var bar = RenderWith(1);
        bar.Act(() => bar.Find("button[type=submit]"), e => e.Click());
        Update(bar, 0);

        Update(bar, 1);

        bar.Find("[role=status]").TextContent.Trim().ShouldBe("1 change");
        bar.Find(".save-bar").ClassList.ShouldContain("save-bar-shown");
    }

    [Fact]
    public void Discard_TakesTheBarAwayAtOnce()
    {
        var bar = RenderWith(1);
        bar.Act(() => bar.Find("button[type=button]"), e => e.Click());

        Update(bar, 0);

        bar.Find(".save-bar").ClassName.ShouldNotBeNull().Trim().ShouldBe("save-bar");
    }

    [Fact]
    public void Bar_OnlyWhileItSaysSomething_IsReadAloud()
    {
        var bar = RenderWith(0);
        bar.Find(".save-bar").HasAttribute("inert").ShouldBeTrue("there is nothing to say");
        Update(bar, 1);
        bar.Find(".save-bar").HasAttribute("inert").ShouldBeFalse("it counts the changes");

        bar.Act(() => bar.Find("button[type=submit]"), e => e.Click());
        Update(bar, 0);

        bar.Find(".save-bar").HasAttribute("inert").ShouldBeFalse("it says that they are saved");
    }

    private static void Update(IRenderedComponent<SaveBar> bar, int changes, bool isSaving = false) =>
        bar.Render(with => with.Add(b => b.ChangeCount, changes).Add(b => b.IsSaving, isSaving));

    private IRenderedComponent<SaveBar> RenderWith(int changes) =>
        Render<SaveBar>(with => with.Add(b => b.ChangeCount, changes).Add(b => b.OnDiscard, () => { }));
}
