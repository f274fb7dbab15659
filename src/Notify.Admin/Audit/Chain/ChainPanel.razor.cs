using Microsoft.AspNetCore.Components;
using Notify.Admin.Security;

namespace Notify.Admin.Audit;

/// <summary>The state of the hash chain.</summary>
public sealed partial class ChainPanel : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private ChainStatus? _status;
    private ChainVerdict? _verdict;
    private DateTimeOffset _verdictAt;
    private long? _read;
    private int? _shown;

    [Inject]
    private AuditService Audit { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Another number reads the state again.</summary>
    [Parameter]
    public int Version { get; set; }

    /// <summary>Somebody wants to see an entry.</summary>
    [Parameter]
    public EventCallback<long> OnOpened { get; set; }

    public void Dispose() => _stop.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Version)
        {
            return;
        }

        _shown = Version;
        try
        {
            _status = await Audit.StatusAsync(Actor, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The page is gone.
        }
    }

    private async Task VerifyAsync()
    {
        _verdict = null;
        try
        {
            _verdict = await Audit.VerifyAsync(new Progress(this), Actor, _stop.Token);
            _verdictAt = Time.GetUtcNow();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The page is gone.
        }
        finally
        {
            _read = null;
        }
    }

    private void Show(long read) => _ = InvokeAsync(() =>
    {
        _read = read;
        StateHasChanged();
    });

    // Progress<T> reports on the thread pool, so in any order.
    private sealed class Progress(ChainPanel panel) : IProgress<long>
    {
        public void Report(long value) => panel.Show(value);
    }
}
