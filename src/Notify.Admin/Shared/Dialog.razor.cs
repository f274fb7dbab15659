using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace Notify.Admin.Shared;

/// <summary>A modal window, in the middle of the page or as a panel at its right side.</summary>
public sealed partial class Dialog
{
    private readonly string _generatedId = ElementIds.Next("dialog");
    private ElementReference _element;
    private bool _rendered;
    private bool _shown;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    [Parameter]
    public bool IsOpen { get; set; }

    [Parameter]
    public EventCallback<bool> IsOpenChanged { get; set; }

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter]
    public RenderFragment? TitleAside { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>The buttons.</summary>
    [Parameter]
    public RenderFragment? Footer { get; set; }

    /// <summary><c>alertdialog</c> where an answer is needed; otherwise the element's own role.</summary>
    [Parameter]
    public string? Role { get; set; }

    /// <summary>Id of the element that describes the question.</summary>
    [Parameter]
    public string? DescribedBy { get; set; }

    /// <summary>A panel at the right that a click beside it closes.</summary>
    [Parameter]
    public bool IsDrawer { get; set; }

    /// <summary>Esc and the close button do nothing while true.</summary>
    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter]
    public string? Class { get; set; }

    private string TitleId => $"{_generatedId}-title";

    protected override void OnParametersSet() => _rendered |= IsOpen;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (IsOpen == _shown)
        {
            return;
        }

        _shown = IsOpen;
        try
        {
            await JS.InvokeVoidAsync(IsOpen ? "notify.dialog.show" : "notify.dialog.close", _element);
        }
        catch (JSDisconnectedException)
        {
            // The window was closed together with its page.
        }

        if (!IsOpen)
        {
            _rendered = false;
            StateHasChanged();
        }
    }

    private async Task OnDismissedAsync()
    {
        if (IsOpen && !IsBusy)
        {
            await IsOpenChanged.InvokeAsync(false);
        }
    }
}
