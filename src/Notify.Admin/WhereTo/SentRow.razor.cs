using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.WhereTo;

/// <summary>Shows one channel that would be sent the event; its message is composed when it is asked for.</summary>
public sealed partial class SentRow : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private AskedEvent? _drawn;
    private DrawnMessage? _message;
    private TestVerdict? _verdict;
    private bool _isOpen;
    private bool _isTested;

    [Inject]
    private WhereToService WhereTo { get; set; } = null!;

    [Inject]
    private IDeliveryDesk Desk { get; set; } = null!;

    [Inject]
    private IStringLocalizer<WhereToText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public SentChannel Row { get; set; } = null!;

    [Parameter, EditorRequired]
    public AskedEvent Asked { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    private string When => Row.When switch
    {
        { Muted: { } muted } => T[muted.UntilFixed ? "When.MutedUntilFixed" : "When.Muted", muted.By],
        var sent => T[$"When.{sent.Time}", sent.RepeatOf ?? sent.Inhibited?.By ?? "", sent.Inhibited?.Inhibition ?? ""],
    };

    private Tone Look => Row.When.Time switch
    {
        SendingTime.Now => Tone.Success,
        SendingTime.AfterSnooze or SendingTime.AfterInterval or SendingTime.AfterQuietHours => Tone.Info,
        SendingTime.AfterPause or SendingTime.NeedsAttention => Tone.Warning,
        SendingTime.Repeat or SendingTime.Off or SendingTime.Dropped or SendingTime.Inhibited or SendingTime.Muted => Tone.Neutral,
    };

    private IconName Drawing => Row.When.Time switch
    {
        SendingTime.Now => IconName.Send,
        SendingTime.AfterSnooze => IconName.Pause,
        SendingTime.AfterInterval or SendingTime.AfterQuietHours => IconName.Clock,
        SendingTime.AfterPause => IconName.Refresh,
        SendingTime.NeedsAttention => IconName.Alert,
        SendingTime.Repeat or SendingTime.Off or SendingTime.Dropped or SendingTime.Inhibited or SendingTime.Muted => IconName.Ban,
    };

    public void Dispose() => _stop.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        if (_drawn is null || ReferenceEquals(_drawn, Asked))
        {
            return;
        }

        // Another event, or another edit of the channel: what was tested and drawn was not this.
        _isTested = false;
        _drawn = null;
        if (_isOpen)
        {
            await DrawAsync();
        }
    }

    private async Task ToggleAsync()
    {
        if (!_isOpen)
        {
            await DrawAsync();
        }

        _isOpen = !_isOpen;
    }

    private async Task DrawAsync()
    {
        _drawn = Asked;
        _message = await WhereTo.DrawAsync(Asked, Row.Channel, Actor, _stop.Token);
    }

    private async Task TestAsync()
    {
        _verdict = await Desk.SendTestAsync(Row.Channel, Asked.ToTest(), Actor, _stop.Token);
        (_isTested, _drawn) = (true, Asked);
    }
}
