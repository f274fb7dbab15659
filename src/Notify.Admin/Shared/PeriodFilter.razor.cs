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
    private TimePeriod _shown = TimePeriod.Any;
    private TimePeriod? _raised;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Parameter, EditorRequired]
    public TimePeriod Value { get; set; } = TimePeriod.Any;

    [Parameter]
    public EventCallback<TimePeriod> ValueChanged { get; set; }

    private string Choice => _custom ? Custom : Value.Name ?? (Value.IsAny ? "" : Custom);

    private TimeZoneInfo KnownZone => Zone.Known ?? TimeZoneInfo.Utc;

    // The boxes stay while somebody fills them, and go with a period that comes from elsewhere: the list's filters were cleared.
    protected override void OnParametersSet()
    {
        if (_shown != Value)
        {
            _custom &= Value == _raised;
            _shown = Value;
        }
    }

    // From a stretch on, the boxes begin with what it shows.
    private Task ChooseAsync(ChangeEventArgs change)
    {
        var name = change.Value?.ToString();
        _custom = name == Custom;
        if (!_custom)
        {
            return RaiseAsync(string.IsNullOrEmpty(name) ? TimePeriod.Any : new TimePeriod(name));
        }

        var (from, to) = Value.At(Time.GetUtcNow());
        return Value.Name is null ? Task.CompletedTask : RaiseAsync(new TimePeriod(null, from, to));
    }

    private Task ChangeAsync(ChangeEventArgs change, bool isFrom)
    {
        DateTimeOffset? moment = DateTime.TryParse(change.Value?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var local) && !KnownZone.IsInvalidTime(local)
            ? new DateTimeOffset(local, KnownZone.GetUtcOffset(local)).ToUniversalTime()
            : null;
        _custom = true;
        return RaiseAsync(isFrom ? new TimePeriod(null, moment, Value.To) : new TimePeriod(null, Value.From, moment));
    }

    private Task RaiseAsync(TimePeriod period)
    {
        _raised = period;
        return ValueChanged.InvokeAsync(period);
    }

    private string? Local(DateTimeOffset? moment) =>
        moment is { } value ? TimeZoneInfo.ConvertTime(value, KnownZone).ToString(LocalFormat, CultureInfo.InvariantCulture) : null;
}
