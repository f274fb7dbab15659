using Microsoft.JSInterop;

namespace Notify.Admin.Shared;

/// <summary>The reader's time zone (the one chosen on the profile, or the browser's), for what the server must compute in it: days of a
/// chart, a date typed into a filter. Times that are only shown use <see cref="LocalTime"/>.</summary>
public sealed class UserTimeZone(IJSRuntime js)
{
    private TimeZoneInfo? _zone;

    /// <summary>Asks the browser once per circuit; UTC when its answer is unknown here. Call it after the first render.</summary>
    public async ValueTask<TimeZoneInfo> GetAsync(CancellationToken cancellationToken = default)
    {
        if (_zone is null)
        {
            var name = await js.InvokeAsync<string?>("notify.timeZone", cancellationToken);
            _zone = name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
        }

        return _zone;
    }
}
