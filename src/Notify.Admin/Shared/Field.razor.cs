using System.Linq.Expressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace Notify.Admin.Shared;

/// <summary>One labelled input with its hint and error. Inside an <c>EditForm</c> the errors of <see cref="For"/> come by
/// themselves.</summary>
public sealed partial class Field : IDisposable
{
    private readonly string _generatedId = ElementIds.Next("field");
    private EditContext? _watched;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [CascadingParameter]
    private EditContext? EditContext { get; set; }

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>One sentence below the input.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>The same with markup.</summary>
    [Parameter]
    public RenderFragment? HintContent { get; set; }

    /// <summary>An error given by hand, shown before those of <see cref="For"/>.</summary>
    [Parameter]
    public string? Error { get; set; }

    /// <summary>The model property this is about; its validation messages are shown here.</summary>
    [Parameter]
    public Expression<Func<object?>>? For { get; set; }

    /// <summary>Says so beside the label and to screen readers.</summary>
    [Parameter]
    public bool Required { get; set; }

    /// <summary>True where the content is several inputs (radio buttons, a list of switches) under one label.</summary>
    [Parameter]
    public bool IsGroup { get; set; }

    /// <summary>The input's id; by default one that is unique in this page.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>At the right end of the label's line, such as a link.</summary>
    [Parameter]
    public RenderFragment? Aside { get; set; }

    [Parameter]
    public string? Class { get; set; }

    [Parameter]
    public RenderFragment<FieldContext>? ChildContent { get; set; }

    private string InputId => Id ?? _generatedId;

    private bool HasHint => Hint is not null || HintContent is not null;

    private string? DescribedBy => (HasHint, Errors.Count > 0) switch
    {
        (true, true) => $"{InputId}-hint {InputId}-error",
        (true, false) => $"{InputId}-hint",
        (false, true) => $"{InputId}-error",
        (false, false) => null,
    };

    private List<string> Errors { get; set; } = [];

    public void Dispose() => Watch(null);

    protected override void OnParametersSet()
    {
        Watch(For is null ? null : EditContext);
        CollectErrors();
    }

    private void Watch(EditContext? editContext)
    {
        if (ReferenceEquals(_watched, editContext))
        {
            return;
        }

        if (_watched is not null)
        {
            _watched.OnValidationStateChanged -= OnValidationStateChanged;
        }

        _watched = editContext;
        if (_watched is not null)
        {
            _watched.OnValidationStateChanged += OnValidationStateChanged;
        }
    }

    private void OnValidationStateChanged(object? sender, ValidationStateChangedEventArgs e)
    {
        CollectErrors();
        StateHasChanged();
    }

    private void CollectErrors()
    {
        Errors = string.IsNullOrEmpty(Error) ? [] : [Error];
        if (For is not null && EditContext is not null)
        {
            Errors.AddRange(EditContext.GetValidationMessages(FieldIdentifier.Create(For)));
        }
    }
}
