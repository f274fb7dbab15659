using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.ChannelPages;

public sealed partial class SimulationPanel : IDisposable
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(400);

    private readonly string _id = ElementIds.Next("simulation");
    private readonly LatestLoad _load = new();
    private SimulatedComparison? _result;
    private MonthlyUse? _month;
    private string? _shown;
    private int _days = 7;
    private bool _isRunning;

    [Inject]
    private SimulationService Simulations { get; set; } = null!;

    [Inject]
    private MonthlyUseService MonthlyUses { get; set; } = null!;

    [Inject]
    private UserTimeZone Zone { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ChannelPagesText> C { get; set; } = null!;

    [Inject]
    private IStringLocalizer<DeliveriesText> D { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Tells one state of what is typed from another: it is counted again when this changes.</summary>
    [Parameter, EditorRequired]
    public string State { get; set; } = "";

    /// <summary>Nothing is stored that what is typed could be compared with.</summary>
    [Parameter]
    public bool IsNew { get; set; }

    /// <summary>Makes what is to be compared; it must not change later with what is typed.</summary>
    [Parameter, EditorRequired]
    public Func<SimulatedChange> Change { get; set; } = null!;

    public void Dispose() => _load.Dispose();

    protected override Task OnAfterRenderAsync(bool firstRender) => _shown == $"{_days} {State}" ? Task.CompletedTask : CountAsync();

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private async Task CountAsync()
    {
        _shown = $"{_days} {State}";
        await _load.RunAsync(async stop =>
        {
            await Task.Delay(TypingPause, Time, stop);
            _isRunning = true;
            StateHasChanged();
            try
            {
                var (change, zone) = (Change(), await Zone.GetAsync(stop));
                _month = await MonthlyUses.FindAsync(change.Channel.Kind, zone, Actor, stop);
                _result = await Simulations.CompareAsync(change, _days, zone, Actor, stop);
            }
            finally
            {
                _isRunning = false;
            }

            StateHasChanged();
        });
    }

    private string SayMonth(MonthlyUse month, long then)
    {
        var (name, zone) = (month.Month.First.ToString("Y", CultureInfo.CurrentCulture), TimeZones.NameOf(month.Month.Zone));
        return IsNew ? D["Month.Change.New", name, zone, Count(then), Count(month.Limit)]
            : D["Month.Change", name, zone, Count(month.Forecast), Count(then), Count(month.Limit)];

        static string Count(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
    }

    private Task ChooseAsync(ChangeEventArgs change)
    {
        _days = (string?)change.Value == "30" ? 30 : 7;
        return Task.CompletedTask;
    }

    private string Width(int messages)
    {
        var most = Math.Max(1, _result!.Days.Max(day => Math.Max(day.MessagesNow, day.MessagesThen)));
        return (100.0 * messages / most).ToString("0.#", CultureInfo.InvariantCulture);
    }
}
