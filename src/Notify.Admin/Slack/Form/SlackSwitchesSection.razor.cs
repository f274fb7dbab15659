using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Shared;

namespace Notify.Admin.Slack;

/// <summary>The part of the form that says what is sent.</summary>
public sealed partial class SlackSwitchesSection
{
    private static readonly SwitchRow[] Finished =
    [
        new(nameof(SlackIntegrationFormModel.SlackCompleteAborted), "slackCompleteAborted", m => m.SlackCompleteAborted,
            (m, on) => m.SlackCompleteAborted = on),
        new(nameof(SlackIntegrationFormModel.SlackAborted), "slackAborted", m => m.SlackAborted, (m, on) => m.SlackAborted = on),
    ];

    private static readonly SwitchRow[] Others =
    [
        new(nameof(SlackIntegrationFormModel.SlackStartFromSchedule), "slackStartFromSchedule", m => m.SlackStartFromSchedule,
            (m, on) => m.SlackStartFromSchedule = on),
        new(nameof(SlackIntegrationFormModel.SlackStartFromQueue), "slackStartFromQueue", m => m.SlackStartFromQueue,
        (m, on) => m.SlackStartFromQueue = on),
        new(nameof(SlackIntegrationFormModel.SlackStop), "slackStop", m => m.SlackStop, (m, on) => m.SlackStop = on),
        new(nameof(SlackIntegrationFormModel.SlackPause), "slackPause", m => m.SlackPause, (m, on) => m.SlackPause = on),
        new(nameof(SlackIntegrationFormModel.SlackUnpause), "slackUnpause", m => m.SlackUnpause, (m, on) => m.SlackUnpause = on),
        new(nameof(SlackIntegrationFormModel.SlackDelete), "slackDelete", m => m.SlackDelete, (m, on) => m.SlackDelete = on),
    ];

    [Inject]
    private IStringLocalizer<SlackText> T { get; set; } = null!;

    /// <summary>What is typed; this component writes to it and says so through <see cref="OnChanged"/>.</summary>
    [Parameter, EditorRequired]
    public SlackIntegrationFormModel Model { get; set; } = null!;

    /// <summary>The name of the property that changed.</summary>
    [Parameter]
    public EventCallback<string> OnChanged { get; set; }

    private string TitleId { get; } = ElementIds.Next("switches");

    private string Summary => SlackHearsText.Summarize(Model, T);

    private string? Warning => SlackHearsText.Warn(Model.ToSwitches(), Model.OwnRules, Model.RuleSets.Count > 0, T);

    private bool ThresholdCounts => !Model.SlackNotify && (Model.SlackCompleteAborted || Model.SlackAborted);

    private string ThresholdText => this switch
    {
        { Model.SlackNotify: true } => T["Field.SlackAvgThreat.Overridden"],
        { ThresholdCounts: false } => T["Field.SlackAvgThreat.Unused"],
        { Model.SlackAvgThreat: SlackAvgThreat.Informative } => T["Field.SlackAvgThreat.All"],
        _ => T["Field.SlackAvgThreat.From", T[$"Threat.{Model.SlackAvgThreat}"]],
    };

    private Task SetAsync(string field, Action write)
    {
        write();
        return OnChanged.InvokeAsync(field);
    }

    private sealed record SwitchRow(string Name, string Code, Func<SlackIntegrationFormModel, bool> Read, Action<SlackIntegrationFormModel,
        bool> Write);
}
