using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Notify.Admin.Shared;

/// <summary>A button for what cannot be taken back. It knows nothing about what it starts.</summary>
public sealed partial class ConfirmButton
{
    private readonly string _generatedId = ElementIds.Next("confirm");
    private bool _asking;
    private bool _working;
    private string _typed = "";

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    /// <summary>The question, such as "Delete the integration 'sec-alerts'?".</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>What will happen, and what will stop.</summary>
    [Parameter, EditorRequired]
    public string? Description { get; set; }

    /// <summary>More than a sentence: a list of what is affected.</summary>
    [Parameter]
    public RenderFragment? Details { get; set; }

    /// <summary>Verb and object: "Delete integration".</summary>
    [Parameter, EditorRequired]
    public string Verb { get; set; } = "";

    /// <summary>The name to type before the button works, for what hurts most; null asks for nothing.</summary>
    [Parameter]
    public string? TypeToConfirm { get; set; }

    /// <summary><see cref="Tone.Danger"/> draws the confirming button red.</summary>
    [Parameter]
    public Tone Tone { get; set; } = Tone.Danger;

    [Parameter]
    public ButtonLook Look { get; set; }

    [Parameter]
    public bool Small { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public IconName? Icon { get; set; }

    /// <summary>Needed where the button shows only an icon.</summary>
    [Parameter]
    public string? AriaLabel { get; set; }

    [Parameter]
    public string? Tooltip { get; set; }

    [Parameter]
    public string? Class { get; set; }

    /// <summary>The button's words; by default <see cref="Verb"/>.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>When the question opens: what is asked about may be another by the time it is answered.</summary>
    [Parameter]
    public EventCallback OnAsked { get; set; }

    /// <summary>Runs while the question stays open; it closes afterwards.</summary>
    [Parameter]
    public EventCallback OnConfirmed { get; set; }

    private string DescriptionId => $"{_generatedId}-text";

    private bool IsTypedRight => TypeToConfirm is null || string.Equals(_typed.Trim(), TypeToConfirm, StringComparison.Ordinal);

    private RenderFragment VerbContent => builder => builder.AddContent(0, Verb);

    private Task AskAsync()
    {
        _typed = "";
        _asking = true;
        return OnAsked.InvokeAsync();
    }

    private void Cancel() => _asking = false;

    private void OnOpenChanged(bool isOpen) => _asking = isOpen;

    private async Task ConfirmAsync()
    {
        // A press that was on its way when the first one was heard.
        if (_working || !_asking)
        {
            return;
        }

        _working = true;
        try
        {
            await OnConfirmed.InvokeAsync();
        }
        finally
        {
            _working = false;
            _asking = false;
        }
    }
}
