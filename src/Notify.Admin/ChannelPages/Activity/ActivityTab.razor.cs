using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Shared;

namespace Notify.Admin.ChannelPages;

/// <summary>A channel's activity, live.</summary>
public sealed partial class ActivityTab
{
    private static readonly string OpenStates = string.Join(',', DeliveryStates.Open.Select(DeliveryStates.ToName));

    private readonly string _id = ElementIds.Next("activity");
    private ChannelActivity? _activity;
    private MonthlyUse? _month;
    private ChannelHealth? _health;

    /// <summary>The name of a <see cref="ChartRange"/>.</summary>
    [SupplyParameterFromQuery(Name = "time")]
    public string? Time { get; set; }

    [Inject]
    private ChannelActivityService Activity { get; set; } = null!;

    [Inject]
    private MonthlyUseService MonthlyUses { get; set; } = null!;

    [Inject]
    private IDeliveryDesk Desk { get; set; } = null!;

    [Inject]
    private UserTimeZone Zone { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ChannelPagesText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public ChannelKey Channel { get; set; }

    protected override IReadOnlyList<string> Areas => [ChangeAreas.Deliveries];

    private string All => $"deliveries?channel={DeliveryAddress.ToText(Channel)}";

    protected override Task OnParametersSetAsync() =>
        _activity is null || _activity.Range == ChartRange.Parse(Time) ? Task.CompletedTask : LoadAsync();

    protected override async Task ReadAsync(CancellationToken cancellationToken) =>
        (_activity, _month, _health) = await LookAsync(
            Channel, ChartRange.Parse(Time), await Zone.GetAsync(cancellationToken), cancellationToken);

    protected override async Task<bool> ReadAgainAsync(CancellationToken cancellationToken)
    {
        var (channel, range, zone) = (Channel, ChartRange.Parse(Time), await Zone.GetAsync(cancellationToken));
        var look = await Looks.JoinAsync((nameof(ActivityTab), channel, range.Name, zone.Id, Actor.Role),
            () => LookAsync(channel, range, zone, CancellationToken.None), cancellationToken);
        // Another range may have been chosen meanwhile; and most deliveries are another channel's.
        if ((channel, range) != (Channel, ChartRange.Parse(Time))
            || (_activity?.IsSameAs(look.Activity) == true && _month?.Used == look.Month?.Used && _health == look.Health))
        {
            return false;
        }

        (_activity, _month, _health) = look;
        return true;
    }

    private async Task<(ChannelActivity Activity, MonthlyUse? Month, ChannelHealth? Health)> LookAsync(
        ChannelKey channel, ChartRange range, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var month = await MonthlyUses.FindAsync(channel.Kind, zone, Actor, cancellationToken);
        var health = await Desk.GetHealthAsync(channel.Kind, [channel.Id], cancellationToken);
        return (await Activity.GetAsync(channel, range, Actor, cancellationToken), month, health.GetValueOrDefault(channel.Id));
    }

    private static string SuccessRate(ChannelActivity activity) =>
        activity.Outcomes.SuccessRate?.ToString("P1", CultureInfo.CurrentCulture) ?? "–";

    private static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private string HrefOf(ChartRange range) => $"{ChannelLinks.ToActivity(Channel)}&time={range.Name}";
}
