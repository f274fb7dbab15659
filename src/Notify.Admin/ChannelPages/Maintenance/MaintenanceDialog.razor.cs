using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.ChannelPages;

/// <summary>What is typed about maintenance. Times are by the reader's clocks; of what comes every week, by those of its zone.</summary>
public sealed partial class MaintenanceDialog
{
    private readonly string _listId = ElementIds.Next("tags");
    private readonly string _group = ElementIds.Next("meanwhile");
    private IReadOnlyList<FieldRefusal> _refusals = [];
    private IReadOnlyList<string> _inUse = [];
    private string _tag = "";
    private string _zoneName = "UTC";
    private bool _isNow;
    private DateTime? _from;
    private DateTime? _until;
    private bool _isWeekly;
    private string _reason = "";
    private PauseOutcome _outcome;
    private bool _letCriticalThrough;
    private bool _wasOpen;
    private bool _isWorking;

    [Inject]
    private IDeliveryDesk Desk { get; set; } = null!;

    [Inject]
    private IStringLocalizer<MaintenanceText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ChannelPagesText> C { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Inject]
    private UserTimeZone Zone { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Parameter]
    public bool IsOpen { get; set; }

    [Parameter]
    public EventCallback<bool> IsOpenChanged { get; set; }

    /// <summary>Null for a new one.</summary>
    [Parameter]
    public MaintenanceWindow? Changed { get; set; }

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Saves; answers what is refused.</summary>
    [Parameter, EditorRequired]
    public Func<MaintenanceRequest, Task<IReadOnlyList<FieldRefusal>>> OnSave { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (IsOpen == _wasOpen)
        {
            return;
        }

        _wasOpen = IsOpen;
        if (!IsOpen)
        {
            return;
        }

        _refusals = [];
        _zoneName = Changed is { IsWeekly: true } weekly ? weekly.WeeklyIn : TimeZones.NameOf(await Zone.GetAsync());
        (_isNow, _isWeekly) = (Changed is null, Changed?.IsWeekly == true);
        (_tag, _reason) = (Changed?.Tag ?? "", Changed?.Reason ?? "");
        (_outcome, _letCriticalThrough) = (Changed?.Outcome ?? default, Changed?.LetCriticalThrough == true);
        _from = Changed is null ? null : Shown(Changed.StartsAt);
        _until = Shown(Changed?.EndsAt ?? Time.GetUtcNow().AddHours(2));
        _inUse = await Desk.ListTagsAsync(Actor, CancellationToken.None);
    }

    private void ChooseStart(ChangeEventArgs change)
    {
        _isNow = change.Value as string == "now";
        _from ??= Shown(Time.GetUtcNow());
    }

    private async Task SaveAsync()
    {
        _isWorking = true;
        try
        {
            _refusals = await OnSave(new MaintenanceRequest(
                _tag, _isNow ? null : Moment(_from) ?? DateTimeOffset.MinValue, Moment(_until), _isWeekly ? _zoneName : "", _reason,
                _outcome, _letCriticalThrough));
        }
        finally
        {
            _isWorking = false;
        }

        if (_refusals.Count == 0)
        {
            await IsOpenChanged.InvokeAsync(false);
        }
    }

    private string? ErrorOf(string field) => _refusals.FirstOrDefault(refusal => refusal.Field == field) is not { } refused ? null
        : refused.TextKey.StartsWith("Snooze.", StringComparison.Ordinal) ? C[refused.TextKey, refused.Argument ?? ""].Value
        : T[refused.TextKey, refused.Argument ?? ""].Value;

    private DateTimeOffset? Moment(DateTime? shown) => shown is { } time && LocalClock.Find(_zoneName) is { } zone
        ? LocalClock.MomentOf(zone, DateOnly.FromDateTime(time), TimeOnly.FromDateTime(time)) : null;

    private DateTime Shown(DateTimeOffset moment)
    {
        var time = TimeZoneInfo.ConvertTime(moment, LocalClock.Find(_zoneName) ?? TimeZoneInfo.Utc).DateTime;
        return time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));
    }
}
