using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.RuleSets;

public sealed partial class RuleSetPlanPanel : IDisposable
{
    private const int Days = 7;

    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(400);

    private readonly string _id = ElementIds.Next("plan");
    private readonly LatestLoad _load = new();
    private RuleSetPlan? _result;
    private string? _shown;
    private bool _isRunning;

    [Inject]
    private SimulationService Simulations { get; set; } = null!;

    [Inject]
    private UserTimeZone Zone { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IStringLocalizer<RuleSetText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>As it is typed; it is counted again when its rules change.</summary>
    [Parameter, EditorRequired]
    public SharedRules Set { get; set; } = null!;

    public void Dispose() => _load.Dispose();

    protected override Task OnAfterRenderAsync(bool firstRender) =>
        OwnRuleJson.Write(Set.Rules) is var state && state == _shown ? Task.CompletedTask : CountAsync(state);

    private static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private async Task CountAsync(string state)
    {
        _shown = state;
        await _load.RunAsync(async stop =>
        {
            await Task.Delay(TypingPause, Time, stop);
            _isRunning = true;
            StateHasChanged();
            try
            {
                _result = await Simulations.PlanAsync(Set, Days, await Zone.GetAsync(stop), Actor, stop);
            }
            finally
            {
                _isRunning = false;
            }

            StateHasChanged();
        });
    }
}
