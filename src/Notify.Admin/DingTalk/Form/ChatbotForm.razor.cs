using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Shared;

namespace Notify.Admin.DingTalk;

/// <summary>The form of a new or stored chatbot.</summary>
public sealed partial class ChatbotForm
{
    private const string RulesId = "chatbot-rules";

    private IReadOnlyList<AssetGroup> _groups = [];
    private Dictionary<string, string> _groupNames = [];
    private IReadOnlyList<RobotNeighbour> _neighbours = [];
    private WebhookReading? _reading;
    private HeardClass? _drafted;

    [Inject]
    private DingTalkChatbotService Chatbots { get; set; } = null!;

    [Inject]
    private ChatbotStatusService Status { get; set; } = null!;

    [Inject]
    private AssetGroupService AssetGroups { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ChatbotText> T { get; set; } = null!;

    /// <summary>The chatbot that a new one starts as, without its robot; null starts with an empty form.</summary>
    [Parameter]
    public int? CopyOf { get; set; }

    /// <summary>Alerts that the form opens with an unsaved rule for.</summary>
    [Parameter]
    public HeardClass? Hear { get; set; }

    protected override ChannelKind Kind => ChannelKind.DingTalk;

    protected override string FormId => "dingtalk-chatbot";

    protected override FormTable<ChatbotView, ChatbotFormModel> Table => ChatbotFields.Table;

    protected internal override IStringLocalizer Words => T;

    protected override IReadOnlyList<ChannelTab> Parts => ChatbotFields.Parts;

    private static RuleLanguage Language => Bilingual.LanguageOf(CultureInfo.CurrentUICulture);

    private ChatbotEdit Chatbot => (ChatbotEdit)Edit;

    // People most likely read in the chat what they read here.
    protected override ChatbotFormModel Blank() =>
        new() { Language = Language == RuleLanguage.Zh ? DingTalkLanguage.Zh : DingTalkLanguage.En };

    protected override LiveEdit<ChatbotView, ChatbotFormModel> Open(ChatbotView? original, ChatbotFormModel? typed) =>
        new ChatbotEdit(original, Blank(), typed);

    protected override async Task<ChatbotView?> FindAsync(int id, CancellationToken cancellationToken) =>
        await Chatbots.FindAsync(id, Actor, cancellationToken) is { } chatbot ? ChatbotView.Of(chatbot) : null;

    protected override async Task<SaveResult<ChatbotView>> SaveAsync(
        ChatbotView? original, ChatbotFormModel model, CancellationToken cancellationToken) =>
        (await Chatbots.SaveAsync(model.ToChange(original?.Id, original?.Version), Actor, cancellationToken)).Select(ChatbotView.Of);

    protected override async Task<bool> DeleteAsync(int id, CancellationToken cancellationToken)
    {
        await Chatbots.DeleteAsync([id], Actor, cancellationToken);
        return true;
    }

    protected override Task<bool> TakeTestAsync(int id, DraftTest test, CancellationToken cancellationToken) =>
        Chatbots.TakeTestAsync(id, test, Actor, cancellationToken);

    protected override async Task<(ChatbotFormModel Typed, FormNotice Notice)?> PrefillAsync()
    {
        if (CopyOf is not { } id || await Chatbots.FindAsync(id, Actor, Stop) is not { } copied)
        {
            return null;
        }

        var model = ChatbotFormModel.Of(copied);
        model.Name = T["Form.CopyName", copied.Name.Length > 50 ? copied.Name[..50] : copied.Name];
        return (model, new FormNotice(Tone.Info, T["Notice.Copied", copied.Name], T["Notice.Copied.Text"]));
    }

    protected override async Task LoadRestAsync()
    {
        _groups = await AssetGroups.ListAsync(Actor, Stop);
        _groupNames = _groups.ToDictionary(g => g.Id.ToString(CultureInfo.InvariantCulture), g => g.Name);
        await base.LoadRestAsync();
        DraftRule();
    }

    protected override async Task OnModelChangedAsync(string? field)
    {
        if (field is null or nameof(ChatbotFormModel.Webhook))
        {
            _reading = Edit.Model.HasWebhook ? Status.ReadWebhook(Edit.Model.Webhook) : null;
            _neighbours = await Status.FindNeighboursAsync(Id, Edit.Model.Webhook, Actor, Stop);
        }
    }

    protected override bool IsWrong(ChannelTab part) =>
        base.IsWrong(part) || (part.Key == ChannelTab.Rules && !Chatbot.Rules.IsValid);

    protected override async Task<FormNotice?> RefuseAsync()
    {
        if (Chatbot.Rules.IsValid)
        {
            return null;
        }

        GoTo(ChannelTab.Rules);
        await RevealAsync(RulesId);
        return new FormNotice(Tone.Danger, T["Notice.RulesWrong"],
            T[Chatbot.Rules.IsJsonBroken ? "Notice.RulesWrong.Json" : "Notice.RulesWrong.Cards"]);
    }

    protected override Func<EventRecord, bool> HearsBy(ChatbotFormModel values) => values.ToHearing();

    protected override string SayHears(ChatbotFormModel values) =>
        RuleSentence.Brief(values.Rules, Language) is { Length: > 0 } hears ? hears
            : OwnRuleText.Brief(OwnRuleJson.Read(values.OwnRules).Rules, values.RuleSets.Count, Language) ?? T["Notice.Saved.Nothing"];

    protected override string Explain(FieldRefusal refusal) => Status.Explain(refusal);

    protected override string Say(string field, string? value, ChatbotFormModel of) => (field, value) switch
    {
        (nameof(of.RulesJson), not null) => SayRules(value),
        (nameof(of.SecurityMode), _) => T[$"Mode.{value}"],
        (nameof(of.Language), _) => T[$"Language.{value}"],
        (nameof(of.Mention), _) => T[$"Mention.{value}"],
        (nameof(of.IsOn), _) => base.Say(field, of.IsOn ? "true" : "false", of),
        (nameof(of.GroupIds), _) => of.GroupIds.Count == 0 ? T["Groups.All"] : string.Join(", ", of.GroupIds),
        _ => base.Say(field, value, of),
    };

    private string SayRules(string json) => ConfigList.Parse(json) switch
    {
        { IsValid: false } => T["Conflict.RulesUnfinished"],
        { List.Rules.IsEmpty: true } => T["List.HearsNothing"],
        { List: { } list } => RuleSentence.Brief(list, Language),
        _ => string.Empty,
    };

    private Task SetGroupsAsync(IReadOnlyList<string> ids)
    {
        Edit.Model.GroupIds = ids;
        return OnChangedAsync(nameof(ChatbotFormModel.GroupIds));
    }

    private Task TakeRulesAsync()
    {
        Chatbot.TakeRules();
        return OnChangedAsync(nameof(ChatbotFormModel.RulesJson));
    }

    private Task CopyRulesAsync(ConfigList rules)
    {
        Chatbot.Rules.Replace(rules);
        return TakeRulesAsync();
    }

    /// <summary>Adds the rule that was asked for, once, beside what was typed before.</summary>
    private void DraftRule()
    {
        if (!MayEdit || Hear is not { } asked || asked == _drafted)
        {
            return;
        }

        _drafted = asked;
        // A chatbot that hears every group keeps doing so; one without rules hears the group alone.
        if (asked.GroupId is { } group && (Edit.Model.GroupIds.Count > 0 || Edit.Model.Rules.Rules.IsEmpty)
            && !Edit.Model.GroupIds.Contains(group))
        {
            Edit.Model.GroupIds = [.. Edit.Model.GroupIds, group];
        }

        Chatbot.Rules.Replace(asked.Alerts.AddTo(Chatbot.Rules.LastGood));
        Chatbot.TakeRules();
        Edit.Settle();
        Notice = new FormNotice(Tone.Info, T["Notice.RuleDrafted"],
            T[Id is null ? "Notice.RuleDrafted.New" : "Notice.RuleDrafted.Text", RuleSentence.Brief(ConfigList.Create(
                asked.Alerts.ToRule()).List!, Language)]);
    }

    /// <summary>Says which other chatbot on the same robot hears events of this type too.</summary>
    private string? CoveredBy(AlertType alertType)
    {
        var mine = new RuleSubscription(0, Chatbot.Rules.LastGood, Edit.Model.GroupIds, IsOn: true);
        var at = mine.Rules.Rules.IndexOf(mine.Rules.Find(alertType)!);
        var whole = _neighbours.FirstOrDefault(other => at >= 0 && RuleCoverage.Covered(mine, other.Subscription).Contains(at));
        if (whole is not null)
        {
            return T["Warning.Covered", whole.Name];
        }

        return _neighbours.FirstOrDefault(other => other.Subscription.Rules.Find(alertType) is not null) is { } part
            ? T["Warning.Overlaps", part.Name].Value : null;
    }
}
