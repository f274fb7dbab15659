using System.Linq.Expressions;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Notify.Admin.Shared;

/// <summary>A write-only secret. What is stored is never given to it; what is typed goes up through <see cref="ValueChanged"/> and is
/// never rendered back.</summary>
public sealed partial class SecretField
{
    private ElementReference _input;
    private bool _replacing;
    private bool _shown;
    private bool _focusInput;
    private bool _hasTyped;
    private int _generation;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public string? Hint { get; set; }

    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public Expression<Func<object?>>? For { get; set; }

    [Parameter]
    public bool Required { get; set; }

    [Parameter]
    public string? Id { get; set; }

    [Parameter]
    public string? Placeholder { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>A secret is stored: the box opens only on "Replace".</summary>
    [Parameter]
    public bool IsConfigured { get; set; }

    /// <summary>The stored secret's last four characters; null where even these are not kept.</summary>
    [Parameter]
    public string? LastFour { get; set; }

    /// <summary>What has been typed; null or empty keeps the stored secret. Set it back to null after saving and the box closes.</summary>
    [Parameter]
    public string? Value { get; set; }

    [Parameter]
    public EventCallback<string?> ValueChanged { get; set; }

    private bool IsTyping => _replacing || !IsConfigured;

    protected override void OnParametersSet()
    {
        // The parent took the value back (saved or discarded): forget what the browser's box still holds.
        if (_hasTyped && string.IsNullOrEmpty(Value))
        {
            Close();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusInput)
        {
            _focusInput = false;
            await _input.FocusAsync();
        }
    }

    private void StartTyping()
    {
        _replacing = true;
        _focusInput = true;
    }

    private async Task OnInputAsync(ChangeEventArgs change)
    {
        var typed = change.Value?.ToString();
        _hasTyped = !string.IsNullOrEmpty(typed);
        await ValueChanged.InvokeAsync(typed);
    }

    private async Task KeepAsync()
    {
        Close();
        await ValueChanged.InvokeAsync(null);
    }

    private void Close()
    {
        _replacing = false;
        _shown = false;
        _hasTyped = false;
        _generation++;
    }
}
