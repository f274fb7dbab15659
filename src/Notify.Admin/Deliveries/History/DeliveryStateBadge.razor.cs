using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Shared;

namespace Notify.Admin.Deliveries;

/// <summary>Draws the state of a delivery.</summary>
public sealed partial class DeliveryStateBadge
{
    [Inject]
    private IStringLocalizer<DeliveriesText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public DeliveryState State { get; set; }

    [Parameter]
    public HoldReason HoldReason { get; set; }

    /// <summary>When a held or retrying delivery is next due; null shows no time.</summary>
    [Parameter]
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>It was counted in another delivery instead of sent.</summary>
    [Parameter]
    public bool IsRepeat { get; set; }

    private string Text => State == DeliveryState.Held && HoldReason != HoldReason.None
        ? T[$"Hold.{HoldReason}"] : T[IsRepeat ? "Skip.Repeat" : $"State.{State}"];

    private string? Moment => State switch
    {
        DeliveryState.Held => "Until",
        DeliveryState.Retrying => "NextTry",
        DeliveryState.Waiting or DeliveryState.Sending or DeliveryState.Sent or DeliveryState.Failed or DeliveryState.GivenUp
        or DeliveryState.Skipped => null,
    };

    private (IconName Icon, Tone Tone) Look => State switch
    {
        DeliveryState.Waiting => (IconName.Clock, Tone.Neutral),
        DeliveryState.Sending => (IconName.Send, Tone.Info),
        DeliveryState.Held => HoldReason == HoldReason.NeedsAttention ? (IconName.Alert, Tone.Warning) : (IconName.Pause, Tone.Info),
        DeliveryState.Retrying => (IconName.Refresh, Tone.Warning),
        DeliveryState.Sent => (IconName.Check, Tone.Success),
        DeliveryState.Failed => (IconName.XCircle, Tone.Danger),
        DeliveryState.GivenUp => (IconName.Ban, Tone.Danger),
        DeliveryState.Skipped => (IconName.ArrowRight, Tone.Neutral),
    };
}
