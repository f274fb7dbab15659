using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Notify.Admin.Shared;

/// <summary>A search box that reports what is typed once the typing pauses.</summary>
public sealed partial class SearchBox : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _disposal = new();
    private CancellationTokenSource? _pending;
    private string? _typed;
    private string? _given;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Parameter]
    public string? Value { get; set; }

    /// <summary>Raised a quarter of a second after the last key.</summary>
    [Parameter]
    public EventCallback<string?> ValueChanged { get; set; }

    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>For screen readers, where the placeholder does not say enough.</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <summary>In a dialog: takes the focus when it opens.</summary>
    [Parameter]
    public bool Autofocus { get; set; }

    [Parameter]
    public string? Class { get; set; }

    public void Dispose() => _disposal.Cancel();

    protected override void OnParametersSet()
    {
        // What is being typed is replaced only by a new value from outside.
        if (!string.Equals(_given, Value, StringComparison.Ordinal))
        {
            _given = Value;
            _typed = Value;
        }
    }

    private async Task OnTypedAsync(string? typed)
    {
        _typed = typed;
        _pending?.Cancel();
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(_disposal.Token);
        _pending = pause;
        try
        {
            await Task.Delay(Pause, Time, pause.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        finally
        {
            if (ReferenceEquals(_pending, pause))
            {
                _pending = null;
            }
        }

        _given = _typed;
        await ValueChanged.InvokeAsync(_typed);
    }
}
