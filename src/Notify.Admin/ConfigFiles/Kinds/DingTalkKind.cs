using System.Globalization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>DingTalk chatbots.</summary>
internal sealed class DingTalkKind(
    DingTalkChatbotService service, ChatbotWriter writer, SecretProtector protector, DingTalkExplanations explanations,
    ConfigEffects effects)
    : ObjectKind<DingTalkChatbot, ChatbotFormModel>
{
    private static readonly IReadOnlyList<ConfigField<ChatbotFormModel>> Table = ConfigFields.Of(ChatbotFields.Table);

    public override string Section => ConfigNames.SectionOf(ChannelKind.DingTalk);

    protected override ChannelKind? Channel => ChannelKind.DingTalk;

    protected override IReadOnlyList<ConfigField<ChatbotFormModel>> Fields => Table;

    protected override IReadOnlyList<ConfigSecret<DingTalkChatbot, ChatbotFormModel>> Secrets =>
    [
        new("url", nameof(ChatbotFormModel.Webhook), stored => stored.MaskedUrl, IsSameRobot, (model, url) => model.Webhook = url),
        new("secret", nameof(ChatbotFormModel.Secret), stored => stored.Secret is { } secret ? $"…{secret.LastFour}" : null,
            (stored, secret) => stored.Secret is { } kept && protector.IsSame(kept, secret), (model, secret) => model.Secret = secret),
    ];

    protected override async Task<IReadOnlyList<DingTalkChatbot>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        (await service.FindPageAsync(null, 1, int.MaxValue, actor, cancellationToken)).Chatbots;

    protected override string NameOf(DingTalkChatbot stored) => stored.Name;

    protected override int IdOf(DingTalkChatbot stored) => stored.Id;

    protected override string MarkOf(DingTalkChatbot stored) =>
        string.Create(CultureInfo.InvariantCulture, $"dingtalk {stored.Id} {stored.Version}");

    protected override ChatbotFormModel NewModel() => new();

    protected override ChatbotFormModel ModelOf(DingTalkChatbot stored) => ChatbotFormModel.Of(stored);

    // What is typed into the form is read there, rule by rule; the writer takes only rules that can be read.
    protected override async Task<IReadOnlyList<(string Name, string Reason)>> CheckAsync(
        DingTalkChatbot? stored, ChatbotFormModel model, Actor actor, CancellationToken cancellationToken)
    {
        if (ConfigList.Parse(model.RulesJson) is { List: null, Errors: var errors })
        {
            var language = Bilingual.LanguageOf(CultureInfo.CurrentUICulture);
            return [.. errors.Select(error => (nameof(ChatbotFormModel.RulesJson), ConfigListErrorText.Describe(error, language)))];
        }

        // The writer asks the store, which has not yet what the same file creates.
        var planned = model.Copy();
        planned.RuleSets = [.. model.RuleSets.Where(id => !ConfigNames.IsPlanned(id))];
        var (_, refusals) = await writer.ApplyAsync(stored, planned.ToChange(stored?.Id, stored?.Version), actor.Name, cancellationToken);
        return [.. refusals.Select(Explain)];
    }

    protected override async Task<IReadOnlyList<(string Name, string Reason)>> SaveAsync(
        DingTalkChatbot? stored, ChatbotFormModel model, ApplyTurn turn)
    {
        var result = await service.SaveAsync(model.ToChange(stored?.Id, stored?.Version), turn.Actor, turn.Stop);
        if (result is Saved<DingTalkChatbot> { Stored: var saved })
        {
            turn.Place.Names.Add(ChannelKind.DingTalk, saved.Id, saved.Name);
            return [];
        }

        return result is Invalid<DingTalkChatbot> invalid ? [.. invalid.Refusals.Select(Explain)]
            : [("", ConfigRules.MeanwhileChanged.Say())];
    }

    protected override Task DeleteAsync(DingTalkChatbot stored, ApplyTurn turn) =>
        service.DeleteAsync([stored.Id], turn.Actor, turn.Stop);

    protected override Task<ConfigEffect?> EffectAsync(
        DingTalkChatbot stored, ChatbotFormModel? model, ConfigNames names, Actor actor, CancellationToken cancellationToken) =>
        effects.CountAsync(new ChannelKey(ChannelKind.DingTalk, stored.Id), ModelOf(stored), model, values => values.ToHearing(), names,
            actor, cancellationToken);

    protected override bool Postpone(ChatbotFormModel model)
    {
        (model.Delivery, var isPostponed) = ChannelReferences.Without(model.Delivery);
        return isPostponed;
    }

    private bool IsSameRobot(DingTalkChatbot stored, string webhook) => webhook.Contains("://", StringComparison.Ordinal)
        ? webhook.StartsWith($"{stored.WebhookBase}?{WebhookUrl.TokenParameter}=", StringComparison.Ordinal)
            && protector.IsSame(stored.AccessToken, webhook[(stored.WebhookBase.Length + WebhookUrl.TokenParameter.Length + 2)..])
        : protector.IsSame(stored.AccessToken, webhook);

    private (string Name, string Reason) Explain(FieldRefusal refusal) => (refusal.Field, explanations.Explain(refusal));
}
