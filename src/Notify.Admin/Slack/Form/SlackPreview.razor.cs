using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Notify.Admin.Channels;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Slack;

/// <summary>Shows an example event as the integration that is being typed would treat it, by the code that decides and composes for
/// real.</summary>
public sealed partial class SlackPreview
{
    private const string FirstKey = "CompletedHigh";

    private EventRecord? _tried;
    private IReadOnlyList<SlackSample> _samples = [];
    private bool _hears;
    private IReadOnlyList<ExplainedCondition> _conditions = [];
    private IReadOnlyList<SlackPreviewBlock> _blocks = [];
    private IReadOnlyList<SlackPreviewBlock>? _later;
    private bool _isLast;
    private bool _standsAlone;

    [Inject]
    private IStringLocalizer<SlackText> T { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IOptionsMonitor<ConsoleOptions> Console { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Id 0 for one that is not saved.</summary>
    [Parameter]
    public ChannelKey Channel { get; set; } = new(ChannelKind.Slack, 0);

    /// <summary>What is typed.</summary>
    [Parameter, EditorRequired]
    public SlackIntegrationFormModel Model { get; set; } = null!;

    /// <summary>Those that there are.</summary>
    [Parameter]
    public IReadOnlyList<SharedRules> RuleSets { get; set; } = [];

    private string TitleId { get; } = ElementIds.Next("preview");

    protected override void OnInitialized()
    {
        _samples = SlackSample.All(Time.GetUtcNow());
        _tried = ExampleOf(FirstKey);
    }

    protected override void OnParametersSet() => Try();

    private EventRecord ExampleOf(string key) => _samples.First(sample => sample.Key == key).Event;

    private void TryExample(string key) => TryEvent(ExampleOf(key));

    private void TryEvent(EventRecord record)
    {
        _tried = record;
        Try();
    }

    private void Try()
    {
        var tried = _tried!;
        var switches = Model.ToSwitches();
        var rules = HearingSnapshot.Of(ChannelKind.Slack, new SlackMatcherSnapshot([new SlackListener(Channel, Model.Name, switches)], T),
            OwnRuleListener.Read([(Channel.Id, Model.OwnRules, RuleSetIds.Write(Model.RuleSets), switches.IsOn)]), RuleSets);
        (_, _, _hears, _conditions) = rules.Explain(tried, Channel.Id)!;
        var settings = Model.ToMessageSettings() with { Console = Console.CurrentValue.Base };
        (_later, _isLast, _standsAlone) = (null, false, false);
        if (settings.FollowUp != FollowUp.NewMessage)
        {
            _standsAlone = EventProblem.KeyOf(tried) is null;
            _isLast = !_standsAlone && EventProblem.StateOf(tried) == EventState.Resolved;
            _later = SlackSample.End(tried) is { } ended ? Draw(settings, ended, "D-LATER", Earlier("D-EXAMPLE", tried.Time)) : null;
        }

        _blocks = Draw(settings, tried, "D-EXAMPLE", _isLast ? Earlier("D-EARLIER", tried.Time - SlackSample.Lasted) : null);

        EarlierMessage Earlier(string shortId, DateTimeOffset since) => new(shortId, "1.000000", settings.ChannelId, since);
    }

    private static IReadOnlyList<SlackPreviewBlock> Draw(
        SlackMessageSettings settings, EventRecord record, string shortId, EarlierMessage? earlier)
    {
        var message = new ChannelMessage(MessagePurpose.Event, shortId, record.Time, [new MessageItem(0, shortId, record)])
        {
            Earlier = earlier,
        };
        return SlackPreviewBlock.ReadAll(SlackMessageComposer.Compose(settings, message)[0].Body);
    }
}
