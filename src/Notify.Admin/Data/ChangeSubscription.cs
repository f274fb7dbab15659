using System.Globalization;

namespace Notify.Admin.Data;

/// <summary>One follower of the <see cref="ChangeFeed"/>: called after changes, bursts merged, never two calls at a time.</summary>
public sealed class ChangeSubscription : IDisposable
{
    /// <summary>From the end of a call to the next: a page, which follows with two parts of it, is drawn twice a second at most, however
    /// much happens.</summary>
    public static readonly TimeSpan LeastBetweenCalls = TimeSpan.FromSeconds(1);

    private readonly Func<Task> _onChanged;
    private readonly Func<ChangeSubscription, Exception, Task> _onFailure;
    private readonly Action<ChangeSubscription> _onDisposed;
    private readonly TimeProvider _time;

    // Whoever announces has another language, or none: a page that refreshes must not change its own.
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly CultureInfo _uiCulture = CultureInfo.CurrentUICulture;
    private readonly Lock _turn = new();
    private bool _isDue;
    private bool _isRunning;
    private bool _isPaused;

    internal ChangeSubscription(IReadOnlyCollection<string> areas, Func<Task> onChanged,
        Func<ChangeSubscription, Exception, Task> onFailure, Action<ChangeSubscription> onDisposed, TimeProvider time)
    {
        Areas = areas;
        (_onChanged, _onFailure, _onDisposed, _time) = (onChanged, onFailure, onDisposed, time);
    }

    internal IReadOnlyCollection<string> Areas { get; }

    internal bool IsDisposed { get; private set; }

    /// <summary>Calls nobody from here on; what changes meanwhile is remembered.</summary>
    public void Pause()
    {
        lock (_turn)
        {
            _isPaused = true;
        }
    }

    /// <summary>Goes on, with one call if something has changed meanwhile.</summary>
    public void Resume()
    {
        lock (_turn)
        {
            _isPaused = false;
            RunIfDue();
        }
    }

    public void Dispose()
    {
        lock (_turn)
        {
            IsDisposed = true;
        }

        _onDisposed(this);
    }

    internal void Raise()
    {
        lock (_turn)
        {
            _isDue = true;
            RunIfDue();
        }
    }

    private void RunIfDue()
    {
        if (_isDue && !_isRunning && !_isPaused && !IsDisposed)
        {
            _isRunning = true;
            _ = Task.Run(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        CultureInfo.CurrentCulture = _culture;
        CultureInfo.CurrentUICulture = _uiCulture;
        while (TakeDue())
        {
            try
            {
                await _onChanged();
            }
            catch (Exception e)
            {
                await _onFailure(this, e);
            }

            await Task.Delay(LeastBetweenCalls, _time);
        }
    }

    private bool TakeDue()
    {
        lock (_turn)
        {
            _isRunning = _isDue && !_isPaused && !IsDisposed;
            _isDue &= !_isRunning;
            return _isRunning;
        }
    }
}
