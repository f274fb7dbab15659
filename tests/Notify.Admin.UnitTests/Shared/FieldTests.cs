using System.ComponentModel.DataAnnotations;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Notify.Admin.Shared;

namespace Notify.Admin.UnitTests.Shared;

public sealed class FieldTests : ComponentTest
{
    private readonly Form _form = new();

    [Fact]
    public void Render_WithHint_TiesLabelInputAndHint()
    {
        var field = Render<Field>(parameters => parameters
            .Add(f => f.Label, "Name")
            .Add(f => f.Hint, "As people call it.")
            .Add(f => f.ChildContent, Input));

        var input = field.Find("input");
        field.Find("label").GetAttribute("for").ShouldBe(input.Id);
        Described(field, input).ShouldBe("As people call it.");
        input.HasAttribute("aria-invalid").ShouldBeFalse();
        field.FindAll(".field-required").ShouldBeEmpty();
    }

    [Fact]
    public void Render_WithError_DescribesTheInputByHintAndError()
    {
        var field = Render<Field>(parameters => parameters
            .Add(f => f.Label, "Name")
            .Add(f => f.Hint, "As people call it.")
            .Add(f => f.Error, "This name is taken.")
            .Add(f => f.ChildContent, Input));

        var input = field.Find("input");
        input.GetAttribute("aria-invalid").ShouldBe("true");
        Described(field, input).ShouldBe("As people call it. This name is taken.");
    }

    [Fact]
    public void Render_Required_SaysSoToPeopleAndScreenReaders()
    {
        var field = Render<Field>(parameters => parameters.Add(f => f.Label, "Name").Add(f => f.Required, true)
            .Add(f => f.ChildContent, Input));

        field.Find("input").GetAttribute("aria-required").ShouldBe("true");
        field.Find(".field-required").TextContent.ShouldBe("required");
    }

    [Fact]
    public void Render_Group_NamesTheGroupInsteadOfAnInput()
    {
        var field = Render<Field>(parameters => parameters.Add(f => f.Label, "Language").Add(f => f.IsGroup, true)
            .Add(f => f.ChildContent, Input));

        var group = field.Find("[role=group]");
        field.Find($"#{group.GetAttribute("aria-labelledby")}").TextContent.ShouldBe("Language");
        field.FindAll("label").ShouldBeEmpty();
    }

    [Fact]
    public void Validation_InAnEditForm_ShowsAndClearsTheMessagesOfItsProperty()
    {
        var context = new EditContext(_form);
        var messages = new ValidationMessageStore(context);
        var form = Render<EditForm>(parameters => parameters
            .Add(f => f.EditContext, context)
            .Add(f => f.ChildContent, _ => builder =>
            {
                builder.OpenComponent<Field>(0);
                builder.AddComponentParameter(1, nameof(Field.Label), "Name");
                builder.AddComponentParameter(2, nameof(Field.For), (System.Linq.Expressions.Expression<Func<object?>>)(() => _form.Name));
                builder.AddComponentParameter(3, nameof(Field.ChildContent), (RenderFragment<FieldContext>)Input);
                builder.CloseComponent();
            }));

        messages.Add(context.Field(nameof(Form.Name)), "Give it a name.");
        messages.Add(context.Field(nameof(Form.Other)), "Not about this one.");
        form.InvokeAsync(context.NotifyValidationStateChanged);

        form.FindAll(".field-error").Select(error => error.TextContent).ShouldBe(["Give it a name."]);
        form.Find("input").GetAttribute("aria-invalid").ShouldBe("true");

        messages.Clear();
        form.InvokeAsync(context.NotifyValidationStateChanged);

        form.FindAll(".field-error").ShouldBeEmpty();
    }

    private static RenderFragment Input(FieldContext field) => builder =>
    {
        builder.OpenElement(0, "input");
        builder.AddMultipleAttributes(1, field.Attributes);
        builder.CloseElement();
    };

    private static string Described(IRenderedComponent<Field> field, IElement input) =>
        string.Join(' ', input.GetAttribute("aria-describedby")!.Split(' ').Select(id => field.Find($"#{id}").TextContent.Trim()));

    private sealed class Form
    {
        [Required]
        public string? Name { get; set; }

        public string? Other { get; set; }
    }
}
