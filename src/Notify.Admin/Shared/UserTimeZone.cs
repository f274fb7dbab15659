using Microsoft.JSInterop;

namespace Notify.Admin.Shared;

/// <summary>The reader's time zone (the one chosen on the profile, or the browser's), for what the server must compute in it: days of a
/// chart, a date typed into a filter. Times that are only shown use <see cref="LocalTime"/>.</summary>
public sealed class UserTimeZone(IJSRuntime js)
{
    private Task<TimeZoneInfo>? _asked;

    /// <summary>Null until the browser has answered.</summary>
    public TimeZoneInfo? Known => _asked is { IsCompletedSuccessfully: true } answered ? answered.Result : null;

    /// <summary>Asks the browser once per circuit, however many parts of the page want to know, and again where it could not be asked; UTC
    /// when its answer is unknown here. Call it after the first render.</summary>
    public Task<TimeZoneInfo> GetAsync(CancellationToken cancellationToken = default)
    {
        if (_asked is null or { IsFaulted: true } or { IsCanceled: true })
        {
            _asked = AskAsync();
        }

        return _asked.WaitAsync(cancellationToken);
    }

    private async Task<TimeZoneInfo> AskAsync()
    {
        var name = await js.InvokeAsync<string?>("notify.timeZone");
        return name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
    }
}
