using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.DeliveryPolicies;

/// <summary>What changed: the policy as it is now, and the name of the part.</summary>
public sealed record PolicyEdit(DeliveryPolicy Policy, string Field);

/// <summary>The part of a channel's form that is the same for every kind.</summary>
public sealed partial class DeliveryPolicySection : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<ChannelName> _channels = [];
    private IReadOnlyList<ChannelName> _others = [];
    private bool _isOpen;

    [Inject]
    private IDeliveryDesk Desk { get; set; } = null!;

    [Inject]
    private UserTimeZone TimeZone { get; set; } = null!;

    [Inject]
    private IStringLocalizer<DeliveryPolicyText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [CascadingParameter]
    private EditContext? Form { get; set; }

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Parameter, EditorRequired]
    public DeliveryPolicy Policy { get; set; } = DeliveryPolicy.Off;

    /// <summary>The form's model: messages about it under a part's name are shown at that part.</summary>
    [Parameter, EditorRequired]
    public object Model { get; set; } = null!;

    /// <summary>The channel itself, which is no fallback of its own; null for a new one.</summary>
    [Parameter]
    public ChannelKey? Own { get; set; }

    [Parameter]
    public ChannelHealth? Health { get; set; }

    [Parameter]
    public EventCallback<PolicyEdit> OnChanged { get; set; }

    private string TitleId { get; } = ElementIds.Next("policy");

    private IReadOnlyList<string> Sentences => PolicySentences.Of(Policy, T, NameOf);

    public void Dispose() => _stop.Cancel();

    protected override async Task OnInitializedAsync()
    {
        _isOpen = Own is not null || Sentences.Count > 0;
        _channels = await Desk.ListChannelsAsync(Actor, _stop.Token);
        _others = [.. _channels.Where(channel => channel.Key != Own)];
    }

    private string? NameOf(ChannelKey key) => _channels.FirstOrDefault(channel => channel.Key == key)?.Name;

    private IEnumerable<string> ErrorsOf(string part) => Form?.GetValidationMessages(new FieldIdentifier(Model, part)) ?? [];

    private string? InvalidClass(string part) => ErrorsOf(part).Any() ? "field-invalid" : null;

    private async Task SwitchQuietAsync(bool on) =>
        await SetAsync(Policy.QuietHours with { IsOn = on, TimeZone = await ZoneAsync(Policy.QuietHours.TimeZone) });

    private async Task SwitchDrillsAsync(bool on) =>
        await SetAsync(Policy.Drills with { IsOn = on, TimeZone = await ZoneAsync(Policy.Drills.TimeZone) });

    private Task SetAsync(QuietHours quiet) => RaiseAsync(Policy with { QuietHours = quiet }, nameof(DeliveryPolicy.QuietHours));

    private Task SetAsync(Deduplication counted) =>
        RaiseAsync(Policy with { Deduplication = counted }, nameof(DeliveryPolicy.Deduplication));

    private Task SetAsync(Fallback fallback) => RaiseAsync(Policy with { Fallback = fallback }, nameof(DeliveryPolicy.Fallback));

    private Task SetAsync(DrillSchedule drills) => RaiseAsync(Policy with { Drills = drills }, nameof(DeliveryPolicy.Drills));

    private Task RaiseAsync(DeliveryPolicy policy, string field) => OnChanged.InvokeAsync(new PolicyEdit(policy, field));

    // At first the zone of whoever switches it on.
    private async Task<string> ZoneAsync(string chosen) =>
        chosen.Length > 0 ? chosen : TimeZones.NameOf(await TimeZone.GetAsync(_stop.Token));
}
