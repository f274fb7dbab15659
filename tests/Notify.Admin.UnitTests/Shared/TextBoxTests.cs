using Bunit;
using Notify.Admin.Shared;

namespace Notify.Admin.UnitTests.Shared;

public sealed class TextBoxTests : ComponentTest
{
    [Fact]
    public void Box_InAField_IsTiedToLabelHintAndError()
    {
        var field = new FieldContext("name", "name-hint name-error", Invalid: true, Required: true);

        var input = Render<TextBox>(box => box.Add(it => it.Field, field)).Find("input");

        input.Id.ShouldBe("name");
        input.GetAttribute("aria-describedby").ShouldBe("name-hint name-error");
        input.GetAttribute("aria-invalid").ShouldBe("true");
        input.GetAttribute("aria-required").ShouldBe("true");
    }

    [Fact]
    public void Box_Untouched_SaysNothingIsWrong()
    {
        var input = Render<TextBox>(box => box.Add(it => it.Label, "Name")).Find("input");

        input.GetAttribute("aria-label").ShouldBe("Name");
        input.GetAttribute("aria-invalid").ShouldNotBe("true");
        input.HasAttribute("required").ShouldBeFalse();
    }

    [Fact]
    public void Typing_RaisesEachLetter_AndAnEmptyTextForAnEmptiedBox()
    {
        var typed = new List<string?>();
        var box = Render<TextBox>(it => it.Add(box => box.Label, "Name").Add(box => box.ValueChanged, value => typed.Add(value)));

        box.Act(() => box.Find("input"), e => e.Input("a"));
        box.Act(() => box.Find("input"), e => e.Input(""));

        typed.ShouldBe(["a", ""]);
    }
}
