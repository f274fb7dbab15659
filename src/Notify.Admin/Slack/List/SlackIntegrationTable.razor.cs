using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Shared;

namespace Notify.Admin.Slack;

/// <summary>The table of integrations, with a switch in each row.</summary>
public sealed partial class SlackIntegrationTable
{
    // A screen or two: more rows cost memory for each open page, and 300 kB to open it.
    private const int PageSize = 30;

    // The rows are read anew all the time; they are the same as long as their ids are.
    private static readonly IEqualityComparer<SlackIntegrationListItem> ById =
        EqualityComparer<SlackIntegrationListItem>.Create((a, b) => a?.Integration.Id == b?.Integration.Id, item => item.Integration.Id);

    private SlackIntegrationListItem? _asked;
    private int _refusals;

    [Inject]
    private IStringLocalizer<SlackText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<SlackIntegrationListItem> Items { get; set; } = [];

    [Parameter]
    public bool MayEdit { get; set; }

    /// <summary>The person has switched an integration, and confirmed it where something would end.</summary>
    [Parameter]
    public EventCallback<(int Id, bool On)> OnSwitched { get; set; }

    private string QuestionId { get; } = ElementIds.Next("switch-off");

    private static string LinkTo(int id) => ChannelLinks.ToForm(new ChannelKey(ChannelKind.Slack, id));

    // What is wrong first, then what waits.
    private static (int Rank, int Waiting) Trouble(SlackIntegrationListItem item) => (item.Health?.Status switch
    {
        ChannelStatus.NeedsAttention => 2,
        ChannelStatus.Failing => 1,
        _ => 0,
    }, item.Health?.Waiting ?? 0);

    // The browser has moved the switch already: a refusal needs a new one to show the old state.
    private string Generation(SlackIntegrationListItem item) => $"{item.Integration.Id}-{_refusals}";

    private async Task AskAsync(SlackIntegrationListItem item, bool on)
    {
        if (!on && item.Health is { Waiting: > 0 })
        {
            _asked = item;
            return;
        }

        await OnSwitched.InvokeAsync((item.Integration.Id, on));
    }

    private async Task SwitchOffAsync()
    {
        await OnSwitched.InvokeAsync((_asked!.Integration.Id, false));
        _asked = null;
    }

    private void Keep()
    {
        _asked = null;
        _refusals++;
    }
}
