using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.LivePages;

/// <summary>A page, or a section of one, that reads all it shows again whenever that changes anywhere.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private IDisposable? _following;

    /// <summary>Ends with the page.</summary>
    protected CancellationToken Stop => _stop.Token;

    /// <summary>The person who looks; null until that is known, which is before anything is read.</summary>
    protected Actor Actor { get; private set; } = null!;

    protected bool MayEdit => May(Policies.Edit);

    protected bool MayOperate => May(Policies.Operate);

    /// <summary>What is followed, of <see cref="ChangeAreas"/>.</summary>
    protected abstract IReadOnlyList<string> Areas { get; }

    /// <summary>Reads what other pages want to know at the same moment once for all of them.</summary>
    [Inject]
    protected SharedLooks Looks { get; set; } = null!;

    [Inject]
    private PageFeed Feed { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    // The token is still read by what ends after the page: so its source is left to the collector, which has nothing to release.
    protected virtual void Dispose(bool disposing)
    {
        _following?.Dispose();
        _stop.Cancel();
    }

    protected abstract Task ReadAsync(CancellationToken cancellationToken);

    /// <summary>Reads again after a change. Pages of what changes all the time share a look, and say whether it is another one.</summary>
    /// <returns>False where everything is as it is shown: then nothing is drawn.</returns>
    protected virtual async Task<bool> ReadAgainAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        return true;
    }

    protected override async Task OnInitializedAsync()
    {
        Actor = Actor.From((await Authentication).User);
        _following = Areas.Count == 0 ? null : Feed.Follow(Areas, () => InvokeAsync(RefreshAsync), DispatchExceptionAsync);
        await LoadAsync();
    }

    /// <summary>Reads again, unless the page is gone.</summary>
    protected async Task LoadAsync()
    {
        try
        {
            await (Stop.IsCancellationRequested ? Task.CompletedTask : ReadAsync(Stop));
        }
        catch (OperationCanceledException) when (Stop.IsCancellationRequested)
        {
            // The page is gone.
        }
    }

    private bool May(string policy) => Actor?.May(policy) == true;

    private async Task RefreshAsync()
    {
        try
        {
            if (!Stop.IsCancellationRequested && await ReadAgainAsync(Stop))
            {
                await Feed.DrawAsync(StateHasChanged);
            }
        }
        catch (OperationCanceledException) when (Stop.IsCancellationRequested)
        {
            // The page is gone.
        }
    }
}
