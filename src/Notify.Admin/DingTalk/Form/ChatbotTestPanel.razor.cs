using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.DingTalk;

/// <summary>Tests the chatbot: what is stored, or for an Admin what is typed.</summary>
public sealed partial class ChatbotTestPanel : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private TestOutcome? _outcome;
    private TestChoice _choice;
    private bool _isGone;

    [Inject]
    private DingTalkChatbotService Chatbots { get; set; } = null!;

    [Inject]
    private ChatbotStatusService Status { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ChatbotText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>What is typed.</summary>
    [Parameter, EditorRequired]
    public ChatbotFormModel Model { get; set; } = null!;

    /// <summary>What is stored; null for a new chatbot.</summary>
    [Parameter, EditorRequired]
    public ChatbotView? Original { get; set; }

    /// <summary>All that matters for a test is as it is stored, whatever else is typed.</summary>
    [Parameter]
    public bool TestsWhatIsSaved { get; set; }

    [Parameter]
    public ChannelHealth? Health { get; set; }

    /// <summary>What is typed cannot be tested.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<FieldRefusal>> OnRefused { get; set; }

    /// <summary>A draft was tested: the verdict counts for the chatbot that is saved with it.</summary>
    [Parameter]
    public EventCallback<DraftTest> OnDraftTested { get; set; }

    private string TitleId { get; } = ElementIds.Next("test");

    private bool MayEdit => Actor.May(Policies.Edit);

    private bool MayTest => Original is null ? MayEdit : Actor.May(Policies.Operate);

    private string Explanation => !MayTest ? T["Test.NotAllowed"] : TestsWhatIsSaved ? T["Test.Explanation"] : T["Test.ExplanationDraft"];

    private CodeExplanation? Words => _outcome?.Result is { Accepted: false } failed ? Status.Explain(failed.Code, failed.Detail) : null;

    public void Dispose() => _stop.Cancel();

    private string TitleOf(EventRecord? told) =>
        told is null or { RowId: 0 } ? T["Test.Event.Example"] : told.Fields.Title ?? told.Id;

    private static int SecondsOf(TimeSpan? wait) => Math.Max(1, (int)Math.Ceiling((wait ?? TimeSpan.Zero).TotalSeconds));

    private async Task SendAsync()
    {
        if (TestsWhatIsSaved && Original is { } saved)
        {
            _outcome = await Chatbots.TestAsync(saved.Id, _choice, Actor, _stop.Token);
            _isGone = _outcome is null;
            return;
        }

        var result = await Chatbots.TestDraftAsync(Model.ToChange(Original?.Id, null), _choice, Actor, _stop.Token);
        _outcome = result.Test?.Outcome;
        if (result.Test is { } test)
        {
            await OnDraftTested.InvokeAsync(test);
        }

        if (result.Refusals.Count > 0)
        {
            await OnRefused.InvokeAsync(result.Refusals);
        }
    }
}
