using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Notify.Admin.Shared;

/// <summary>The time filter of a list.</summary>
public sealed partial class PeriodFilter
{
    private const string Custom = "custom";
    private const string LocalFormat = "yyyy-MM-ddTHH:mm";

    private bool _custom;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    [Inject]
    private UserTimeZone Zone { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Parameter, EditorRequired]
    public TimePeriod Value { get; set; } = TimePeriod.Any;

    [Parameter]
    public EventCallback<TimePeriod> ValueChanged { get; set; }

    private string Choice => Value.Name ?? (_custom || !Value.IsAny ? Custom : "");

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _zone = await Zone.GetAsync();
            StateHasChanged();
        }
    }

    private Task ChooseAsync(ChangeEventArgs change)
    {
        var name = change.Value?.ToString();
        _custom = name == Custom;
        return _custom ? Task.CompletedTask : ValueChanged.InvokeAsync(string.IsNullOrEmpty(name) ? TimePeriod.Any : new TimePeriod(name));
    }

    private Task ChangeAsync(ChangeEventArgs change, bool isFrom)
    {
        DateTimeOffset? moment = DateTime.TryParse(change.Value?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var local) && !_zone.IsInvalidTime(local)
            ? new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime()
            : null;
        _custom = true;
        return ValueChanged.InvokeAsync(isFrom ? new TimePeriod(null, moment, Value.To) : new TimePeriod(null, Value.From, moment));
    }

    private string? Local(DateTimeOffset? moment) =>
        moment is { } value ? TimeZoneInfo.ConvertTime(value, _zone).ToString(LocalFormat, CultureInfo.InvariantCulture) : null;
}
