using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Shared;

namespace Notify.Admin.Slack;

/// <summary>Lets the person decide, field by field, between what somebody else saved and what is typed here.</summary>
public sealed partial class SlackConflictPanel
{
    private HashSet<string> _mine = [];
    private SlackIntegrationView? _given;

    [Inject]
    private IStringLocalizer<SlackText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Parameter, EditorRequired]
    public SlackIntegrationView Theirs { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<SlackConflictField> Fields { get; set; } = [];

    /// <summary>The fields whose typed value is to stay; the rest is taken from <see cref="Theirs"/>.</summary>
    [Parameter]
    public EventCallback<IReadOnlySet<string>> OnResolved { get; set; }

    /// <summary>The person goes on typing.</summary>
    [Parameter]
    public EventCallback OnCancelled { get; set; }

    /// <summary>The heading's id, for moving the focus there.</summary>
    public const string TitleId = "slack-conflict";

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_given, Theirs))
        {
            _given = Theirs;
            // What only they touched is theirs; what I typed is proposed, in sight.
            _mine = [.. Fields.Where(field => field.IChanged).Select(field => field.Field)];
        }
    }

    private string Words(string field, string? value) => (field, value) switch
    {
        (SlackFormField.Token, null) => T["Conflict.TokenKept"],
        (SlackFormField.Token, _) => value!,
        (nameof(SlackIntegrationFormModel.SlackAvgThreat), _) => T[$"Threat.{value}"],
        (_, "true") => S["On"],
        (_, "false") => S["Off"],
        _ => value ?? "",
    };
}
