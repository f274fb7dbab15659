using Microsoft.AspNetCore.Components.Server.Circuits;
using Notify.Admin.Data;

namespace Notify.Admin.LivePages;

/// <summary>The change feed as one open page follows it. While nobody can see the page, since its tab is hidden or its connection is lost,
/// nothing is read or drawn for it; what it missed is made up for at once when it is seen again.</summary>
public sealed class PageFeed(ChangeFeed feed, LiveTurns turns) : CircuitHandler
{
    private readonly Lock _gate = new();
    private readonly HashSet<ChangeSubscription> _following = [];
    private bool _isConnected = true;
    private bool _isVisible = true;

    /// <summary>Calls <paramref name="onChanged"/> after changes to <paramref name="areas"/>, of <see cref="ChangeAreas"/>, as
    /// <see cref="ChangeFeed.Subscribe(IReadOnlyCollection{string}, Func{Task}, Func{Exception, Task})"/> does.</summary>
    /// <param name="onFailure">A component's <c>DispatchExceptionAsync</c>, so that a page which cannot refresh says so.</param>
    /// <returns>Dispose to stop.</returns>
    public IDisposable Follow(IReadOnlyCollection<string> areas, Func<Task> onChanged, Func<Exception, Task> onFailure)
    {
        var subscription = feed.Subscribe(areas, onChanged, onFailure);
        lock (_gate)
        {
            _following.Add(subscription);
            Set(subscription);
        }

        return new Following(this, subscription);
    }

    /// <summary>Draws what has changed by itself, when it is the page's turn.</summary>
    /// <param name="draw">A component's <c>StateHasChanged</c>, in whose renderer this is called.</param>
    public Task DrawAsync(Action draw) => turns.TakeAsync(() =>
    {
        draw();
        return Task.CompletedTask;
    });

    /// <summary>The page's tab is the one in front in its window, or not.</summary>
    public void SetVisible(bool isVisible) => Change(() => _isVisible = isVisible);

    // A page that was away may have been shown meanwhile without being able to say so.
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Change(() => _isConnected = _isVisible = true);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Change(() => _isConnected = false);
        return Task.CompletedTask;
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            foreach (var subscription in _following)
            {
                Set(subscription);
            }
        }
    }

    private void Set(ChangeSubscription subscription)
    {
        if (_isConnected && _isVisible)
        {
            subscription.Resume();
        }
        else
        {
            subscription.Pause();
        }
    }

    private sealed class Following(PageFeed page, ChangeSubscription subscription) : IDisposable
    {
        public void Dispose()
        {
            lock (page._gate)
            {
                page._following.Remove(subscription);
            }

            subscription.Dispose();
        }
    }
}
