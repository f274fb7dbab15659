using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Slack;

/// <summary>Tests the integration: what is stored, or for an Admin what is typed.</summary>
public sealed partial class SlackTestPanel : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private SlackTestVerdict? _verdict;
    private SlackJoinVerdict? _join;
    private TestChoice _choice;
    private bool _isGone;

    [Inject]
    private SlackTestService Tests { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SlackText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>What is typed.</summary>
    [Parameter, EditorRequired]
    public SlackIntegrationFormModel Model { get; set; } = null!;

    /// <summary>What is stored; null for a new integration.</summary>
    [Parameter, EditorRequired]
    public SlackIntegrationView? Original { get; set; }

    /// <summary>Destination and token are as they are stored, whatever else is typed.</summary>
    [Parameter]
    public bool TestsWhatIsSaved { get; set; }

    [Parameter]
    public ChannelHealth? Health { get; set; }

    /// <summary>The typed destination cannot be tested; the refusals are for its fields.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<FieldRefusal>> OnRefused { get; set; }

    /// <summary>A draft was tested: the verdict counts for the integration that is saved with it.</summary>
    [Parameter]
    public EventCallback<DraftTest> OnDraftTested { get; set; }

    private string TitleId { get; } = ElementIds.Next("test");

    private bool MayEdit => Actor.May(Policies.Edit);

    private bool MayTest => Original is null ? MayEdit : Actor.May(Policies.Operate);

    private string Explanation => !MayTest ? T["Test.NotAllowed"] : TestsWhatIsSaved ? T["Test.Explanation"] : T["Test.ExplanationDraft"];

    public void Dispose() => _stop.Cancel();

    private string TitleOf(EventRecord? told) =>
        told is null or { RowId: 0 } ? T["Test.Event.Example"] : told.Fields.Title ?? told.Id;

    private static int SecondsOf(TimeSpan? wait) => Math.Max(1, (int)Math.Ceiling((wait ?? TimeSpan.Zero).TotalSeconds));

    private async Task SendAsync()
    {
        _join = null;
        if (TestsWhatIsSaved && Original is { } saved)
        {
            Show(await Tests.SendAsync(saved.Id, _choice, Actor, _stop.Token));
            return;
        }

        if (Model.CheckDestination(tokenIsStored: Original?.HasOwnToken == true).ToList() is { Count: > 0 } refusals)
        {
            await OnRefused.InvokeAsync(refusals);
            return;
        }

        Show(await Tests.SendDraftAsync(Original, Model, _choice, Actor, _stop.Token));
        if (_verdict is { } verdict)
        {
            await OnDraftTested.InvokeAsync(new DraftTest(verdict.Outcome, verdict.Settings));
        }
    }

    private async Task JoinAsync()
    {
        _join = await Tests.JoinAsync(Original, Model, Actor, _stop.Token);
        _isGone = _join is null;
    }

    private void Show(SlackTestVerdict? verdict)
    {
        _verdict = verdict;
        _isGone = verdict is null;
    }
}
