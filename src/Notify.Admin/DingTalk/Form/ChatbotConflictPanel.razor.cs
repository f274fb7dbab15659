using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.DeliveryPolicies;
using Notify.Admin.Rules;
using Notify.Admin.Shared;

namespace Notify.Admin.DingTalk;

/// <summary>Lets the person decide, field by field, between what somebody else saved and what is typed here.</summary>
public sealed partial class ChatbotConflictPanel
{
    /// <summary>The heading's id, for moving the focus there.</summary>
    public const string TitleId = "chatbot-conflict";

    private HashSet<string> _mine = [];
    private ChatbotView? _given;

    [Inject]
    private IStringLocalizer<ChatbotText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<DeliveryPolicyText> P { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Parameter, EditorRequired]
    public ChatbotView Theirs { get; set; } = null!;

    /// <summary>What is typed of what is the same for every kind of channel.</summary>
    [Parameter, EditorRequired]
    public DeliveryPolicy Mine { get; set; } = DeliveryPolicy.Off;

    [Parameter, EditorRequired]
    public IReadOnlyList<ChatbotConflictField> Fields { get; set; } = [];

    /// <summary>The fields whose typed value is to stay; the rest is taken from <see cref="Theirs"/>.</summary>
    [Parameter]
    public EventCallback<IReadOnlySet<string>> OnResolved { get; set; }

    [Parameter]
    public EventCallback OnCancelled { get; set; }

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_given, Theirs))
        {
            _given = Theirs;
            // What only they touched is theirs; what I typed is proposed, in sight.
            _mine = [.. Fields.Where(field => field.IChanged).Select(field => field.Field)];
        }
    }

    private string Words(string field, string? value, DeliveryPolicy policy) => (field, value) switch
    {
        _ when DeliveryPolicyField.IsOne(field) => PolicySentences.OfPart(policy, field, P) ?? S["Off"],
        (ChatbotFormField.Webhook or ChatbotFormField.Secret, null) => T["Conflict.SecretKept"],
        (ChatbotFormField.Webhook or ChatbotFormField.Secret, _) => value!,
        (ChatbotFormField.Rules, _) => RulesInWords(value!),
        (nameof(ChatbotFormModel.SecurityMode), _) => T[$"Mode.{value}"],
        (nameof(ChatbotFormModel.Language), _) => T[$"Language.{value}"],
        (nameof(ChatbotFormModel.Mention), _) => T[$"Mention.{value}"],
        (nameof(ChatbotFormModel.GroupIds), "") => T["Groups.All"],
        (_, "true") => S["On"],
        (_, "false") => S["Off"],
        (_, null or "") => "–",
        _ => value!,
    };

    private string RulesInWords(string json) => ConfigList.Parse(json) switch
    {
        { IsValid: false } => T["Conflict.RulesUnfinished"],
        { List.Rules.IsEmpty: true } => T["List.HearsNothing"],
        { List: { } list } => RuleSentence.Brief(list, Bilingual.LanguageOf(CultureInfo.CurrentUICulture)),
        _ => string.Empty,
    };
}
