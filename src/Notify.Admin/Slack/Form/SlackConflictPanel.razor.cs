using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.DeliveryPolicies;
using Notify.Admin.Shared;

namespace Notify.Admin.Slack;

/// <summary>Lets the person decide, field by field, between what somebody else saved and what is typed here.</summary>
public sealed partial class SlackConflictPanel
{
    private HashSet<string> _mine = [];
    private IReadOnlyList<SlackConflictField>? _given;

    [Inject]
    private IStringLocalizer<SlackText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<DeliveryPolicyText> P { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    /// <summary>Who has saved; null where nobody is known.</summary>
    [Parameter, EditorRequired]
    public string? ChangedBy { get; set; }

    [Parameter, EditorRequired]
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>What is stored of what is the same for every kind of channel; its parts are shown in sentences.</summary>
    [Parameter]
    public DeliveryPolicy TheirPolicy { get; set; } = DeliveryPolicy.Off;

    /// <summary>The same as it is typed here.</summary>
    [Parameter]
    public DeliveryPolicy MyPolicy { get; set; } = DeliveryPolicy.Off;

    [Parameter, EditorRequired]
    public IReadOnlyList<SlackConflictField> Fields { get; set; } = [];

    /// <summary>The name of a workspace by the field's value.</summary>
    [Parameter]
    public Func<string, string?>? WorkspaceName { get; set; }

    /// <summary>The fields whose typed value is to stay; the rest is taken from what they saved.</summary>
    [Parameter]
    public EventCallback<IReadOnlySet<string>> OnResolved { get; set; }

    /// <summary>The person goes on typing.</summary>
    [Parameter]
    public EventCallback OnCancelled { get; set; }

    /// <summary>The heading's id, for moving the focus there.</summary>
    public const string TitleId = "slack-conflict";

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_given, Fields))
        {
            _given = Fields;
            // What only they touched is theirs; what I typed is proposed, in sight.
            _mine = [.. Fields.Where(field => field.IChanged).Select(field => field.Field)];
        }
    }

    private string Words(string field, string? value, DeliveryPolicy policy) => (field, value) switch
    {
        _ when DeliveryPolicyField.IsOne(field) => PolicySentences.OfPart(policy, field, P) ?? S["Off"],
        // A secret that was left alone.
        (_, null) => T["Conflict.TokenKept"],
        (SlackFormField.Workspace, "") => T["Form.Workspace.OwnToken"],
        (SlackFormField.Workspace, _) => T["Form.Workspace.Option", WorkspaceName?.Invoke(value) ?? value],
        (nameof(SlackIntegrationFormModel.SlackAvgThreat), _) => T[$"Threat.{value}"],
        (_, "true") => S["On"],
        (_, "false") => S["Off"],
        _ => value,
    };
}
