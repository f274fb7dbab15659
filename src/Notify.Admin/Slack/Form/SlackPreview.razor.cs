using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Shared;

namespace Notify.Admin.Slack;

/// <summary>Shows an example event as the integration that is being typed would treat it, by the code that decides and composes for
/// real.</summary>
public sealed partial class SlackPreview
{
    private string _sampleKey = "CompletedHigh";
    private IReadOnlyList<SlackSample> _samples = [];
    private bool _hears;
    private IReadOnlyList<ExplainedCondition> _conditions = [];
    private IReadOnlyList<SlackPreviewBlock> _blocks = [];

    [Inject]
    private IStringLocalizer<SlackText> T { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <summary>What is typed.</summary>
    [Parameter, EditorRequired]
    public SlackIntegrationFormModel Model { get; set; } = null!;

    private string TitleId { get; } = ElementIds.Next("preview");

    private string SampleKey
    {
        get => _sampleKey;
        set
        {
            _sampleKey = value;
            Try();
        }
    }

    protected override void OnInitialized() => _samples = SlackSample.All(Time.GetUtcNow());

    protected override void OnParametersSet() => Try();

    private void Try()
    {
        var tried = _samples.First(sample => sample.Key == _sampleKey).Event;
        var switches = Model.ToSwitches();
        _hears = SlackMatching.Decide(switches, tried).Hears;
        _conditions = SlackMatching.Explain(switches, tried, T);
        var message = new ChannelMessage(MessagePurpose.Event, "D-EXAMPLE", tried.Time, [new MessageItem(0, "D-EXAMPLE", tried)]);
        _blocks = SlackPreviewBlock.ReadAll(SlackMessageComposer.Compose(Model.ToMessageSettings(), message)[0].Body);
    }
}
