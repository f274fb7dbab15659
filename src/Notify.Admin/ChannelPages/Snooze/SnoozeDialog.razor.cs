using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.LiveForms;
using Notify.Admin.Shared;

namespace Notify.Admin.ChannelPages;

/// <summary>What is typed about a snooze; whoever opens it says what is snoozed.</summary>
public sealed partial class SnoozeDialog
{
    private readonly string _group = ElementIds.Next("meanwhile");
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private IReadOnlyList<FieldRefusal> _refusals = [];
    private SnoozePreset _preset;
    private string? _typed;
    private string _reason = "";
    private PauseOutcome _outcome;
    private bool _letCriticalThrough;
    private bool _wasOpen;
    private bool _isWorking;

    [Inject]
    private IStringLocalizer<ChannelPagesText> T { get; set; } = null!;

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

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The snooze that is changed; null for a new one.</summary>
    [Parameter]
    public RunningPause? Running { get; set; }

    /// <summary>Snoozes; answers what is refused.</summary>
    [Parameter, EditorRequired]
    public Func<SnoozeRequest, Task<IReadOnlyList<FieldRefusal>>> OnSnooze { get; set; } = null!;

    private DateTimeOffset? Until =>
        _preset != SnoozePreset.Custom ? SnoozePresets.EndOf(_preset, Time.GetUtcNow(), _zone)
        : DateTime.TryParse(_typed, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? LocalClock.MomentOf(_zone, DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local)) : null;

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

        (_refusals, _preset, _typed, _reason, _outcome, _letCriticalThrough) = ([], SnoozePreset.Hour, null, "", default, false);
        _zone = await Zone.GetAsync();
        if (Running is { } running)
        {
            (_preset, _typed) = (SnoozePreset.Custom, Local(running.EndsAt));
            (_reason, _outcome, _letCriticalThrough) = (running.Reason, running.Outcome, running.LetCriticalThrough);
        }
    }

    private void Choose(object? chosen)
    {
        // What is typed begins with what was chosen before.
        _typed ??= Until is { } until ? Local(until) : null;
        _preset = Enum.TryParse<SnoozePreset>(chosen as string, out var preset) ? preset : SnoozePreset.Hour;
    }

    private async Task SnoozeAsync()
    {
        _isWorking = true;
        try
        {
            _refusals = await OnSnooze(new SnoozeRequest(Until, _reason, _outcome, _letCriticalThrough));
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

    private string? ErrorOf(string field) =>
        _refusals.FirstOrDefault(refusal => refusal.Field == field) is { } refusal
            ? T[refusal.TextKey, refusal.Argument ?? ""].Value : null;

    private string Local(DateTimeOffset moment) =>
        TimeZoneInfo.ConvertTime(moment, _zone).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
}
