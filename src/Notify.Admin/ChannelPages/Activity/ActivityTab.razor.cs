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
    // Deliveries come by the hundred a second: reading takes at most a tenth of the time.
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(900);

    private static readonly string OpenStates = string.Join(',', DeliveryStates.Open.Select(DeliveryStates.ToName));

    private readonly string _id = ElementIds.Next("activity");
    private ChannelActivity? _activity;
    private MonthlyUse? _month;
    private TimeSpan _cost;

    /// <summary>The name of a <see cref="ChartRange"/>.</summary>
    [SupplyParameterFromQuery(Name = "time")]
    public string? Time { get; set; }

    [Inject]
    private ChannelActivityService Activity { get; set; } = null!;

    [Inject]
    private MonthlyUseService MonthlyUses { get; set; } = null!;

    [Inject]
    private UserTimeZone Zone { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ChannelPagesText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public ChannelKey Channel { get; set; }

    [Parameter, EditorRequired]
    public ChannelHealth? Health { get; set; }

    protected override IReadOnlyList<string> Areas => [ChangeAreas.Deliveries];

    private string All => $"deliveries?channel={DeliveryAddress.ToText(Channel)}";

    protected override Task OnParametersSetAsync() =>
        _activity is null || _activity.Range == ChartRange.Parse(Time) ? Task.CompletedTask : LoadAsync();

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        var range = ChartRange.Parse(Time);
        if (_activity?.Range == range)
        {
            // Waiting first makes the last change of a burst visible.
            await Task.Delay(_cost * 10 > LeastPause ? _cost * 10 : LeastPause, Clock, cancellationToken);
        }

        var began = Clock.GetTimestamp();
        _month = await MonthlyUses.FindAsync(Channel.Kind, await Zone.GetAsync(cancellationToken), Actor, cancellationToken);
        _activity = await Activity.GetAsync(Channel, range, Actor, cancellationToken);
        _cost = Clock.GetElapsedTime(began);
    }

    private static string SuccessRate(ChannelActivity activity) =>
        activity.Outcomes.SuccessRate?.ToString("P1", CultureInfo.CurrentCulture) ?? "–";

    private static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private string HrefOf(ChartRange range) => $"{ChannelLinks.ToActivity(Channel)}&time={range.Name}";
}
