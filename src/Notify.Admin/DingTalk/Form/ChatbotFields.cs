using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.LiveForms;

namespace Notify.Admin.DingTalk;

/// <summary>What a chatbot lets people set.</summary>
internal static class ChatbotFields
{
    public static readonly FormTable<ChatbotView, ChatbotFormModel> Table = new FormTable<ChatbotView, ChatbotFormModel>()
        .Text(model => model.Name, isTested: true)
        .Secret(new(nameof(ChatbotFormModel.Webhook), "url", model => model.HasWebhook ? model.Webhook : null,
            (from, to) => to.Webhook = from.Webhook, stored => $"{stored.Host} …{stored.TokenLastFour}", stored => stored.RobotMark)
        {
            Audited = stored => stored.MaskedUrl,
        })
        .Choice(model => model.SecurityMode, isTested: true)
        .Secret(new(nameof(ChatbotFormModel.Secret), "secret", model => model.HasSecret ? model.Secret : null,
            (from, to) => to.Secret = from.Secret, stored => stored.SecretLastFour is { } four ? $"…{four}" : null,
            stored => stored.SecretMark))
        .Text(model => model.Keyword, isTested: true)
        .Flag(model => model.IsOn, "status", "1", "0")
        .Choice(model => model.Language, "dingTalkLang", isTested: true)
        .Interval()
        .Layout(isTested: true)
        .Choice(model => model.Mention, isTested: true)
        .Field(new(nameof(ChatbotFormModel.Mobiles), "mobiles", ReadMobiles, (from, to) => to.Mobiles = from.Mobiles)
        {
            IsTested = true,
            Write = (model, text) => model.Mobiles = text,
        })
        .Field(new(nameof(ChatbotFormModel.GroupIds), "groupIdList", model => GroupIds.Write(model.GroupIds),
            (from, to) => to.GroupIds = from.GroupIds)
        {
            Write = (model, text) => model.GroupIds = GroupIds.Read(text),
        })
        .Field(new(nameof(ChatbotFormModel.RulesJson), "configList", model => model.BrokenJson ?? model.RulesJson,
            (from, to) => (to.RulesJson, to.BrokenJson) = (from.RulesJson, from.BrokenJson))
        {
            Write = (model, text) => (model.RulesJson, model.BrokenJson) = (text, null),
        })
        .OwnRules()
        .RuleSets()
        .Tags()
        .Policies();

    /// <summary>Where on the page: each field in one part.</summary>
    public static readonly IReadOnlyList<ChannelTab> Parts =
    [
        new(ChannelTab.Rules,
        [
            nameof(ChatbotFormModel.RulesJson), nameof(ChatbotFormModel.GroupIds), nameof(ChatbotFormModel.OwnRules),
            nameof(ChatbotFormModel.RuleSets),
        ]),
        new(ChannelTab.Destination,
        [
            nameof(ChatbotFormModel.Name), nameof(ChatbotFormModel.Webhook), nameof(ChatbotFormModel.SecurityMode),
            nameof(ChatbotFormModel.Secret), nameof(ChatbotFormModel.Keyword), nameof(ChatbotFormModel.Tags),
        ]),
        new(ChannelTab.Messages,
        [
            nameof(ChatbotFormModel.IsOn), nameof(ChatbotFormModel.Language), nameof(ChatbotFormModel.Layout),
            nameof(ChatbotFormModel.Mention),
            nameof(ChatbotFormModel.Mobiles),
        ]),
        new(ChannelTab.Delivery, [nameof(ChatbotFormModel.Interval), .. DeliveryPolicyField.All.Select(part => part.Name)]),
    ];

    // Numbers count only while they are mentioned; how they are separated does not.
    private static string ReadMobiles(ChatbotFormModel model) =>
        model.Mention != MentionMode.Mobiles ? string.Empty
        : MobileNumbers.TryRead(model.Mobiles, out var numbers, out _) ? string.Join(", ", numbers)
        : model.Mobiles.Trim();
}
