using Notify.Admin.Channels;

namespace Notify.Admin.DingTalk;

/// <summary>One setting of a chatbot, for whatever goes through all of them: counting changes, conflicts.</summary>
/// <param name="Name">The form model's property.</param>
internal sealed record ChatbotFormField(string Name, Func<ChatbotFormModel, string> Read, Action<ChatbotFormModel, ChatbotFormModel> Copy)
{
    /// <summary>The names of the two secrets; they are compared by other means than their values and so are not in
    /// <see cref="All"/>.</summary>
    public const string Webhook = nameof(ChatbotFormModel.Webhook);

    public const string Secret = nameof(ChatbotFormModel.Secret);

    public const string Rules = nameof(ChatbotFormModel.RulesJson);

    /// <summary>Every field but the secrets, in the form's order.</summary>
    public static readonly IReadOnlyList<ChatbotFormField> All =
    [
        new(nameof(ChatbotFormModel.Name), m => m.Name.Trim(), (from, to) => to.Name = from.Name),
        new(nameof(ChatbotFormModel.SecurityMode), m => m.SecurityMode.ToString(), (from, to) => to.SecurityMode = from.SecurityMode),
        new(nameof(ChatbotFormModel.Keyword), m => m.Keyword.Trim(), (from, to) => to.Keyword = from.Keyword),
        new(nameof(ChatbotFormModel.IsOn), m => m.IsOn ? "true" : "false", (from, to) => to.IsOn = from.IsOn),
        new(nameof(ChatbotFormModel.Language), m => m.Language.ToString(), (from, to) => to.Language = from.Language),
        new(nameof(ChatbotFormModel.Interval), m => m.Minutes?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? m.Interval,
        (from, to) => to.Interval = from.Interval),
        new(nameof(ChatbotFormModel.Mention), m => m.Mention.ToString(), (from, to) => to.Mention = from.Mention),
        new(nameof(ChatbotFormModel.Mobiles), ReadMobiles, (from, to) => to.Mobiles = from.Mobiles),
        new(nameof(ChatbotFormModel.GroupIds), m => string.Join(", ", m.GroupIds), (from, to) => to.GroupIds = from.GroupIds),
        new(Rules, m => m.BrokenJson ?? m.RulesJson, (from, to) => (to.RulesJson, to.BrokenJson) = (from.RulesJson, from.BrokenJson)),
        .. DeliveryPolicyField.All.Select(part => new ChatbotFormField(
            part.Name, m => part.Read(m.Delivery), (from, to) => to.Delivery = part.Take(from.Delivery, to.Delivery))),
    ];

    /// <summary>The property that a problem is about.</summary>
    public static string NameOf(ChatbotField field) => field switch
    {
        ChatbotField.Name => nameof(ChatbotFormModel.Name),
        ChatbotField.Webhook => Webhook,
        ChatbotField.Secret => Secret,
        ChatbotField.Keyword => nameof(ChatbotFormModel.Keyword),
        ChatbotField.Interval => nameof(ChatbotFormModel.Interval),
        ChatbotField.Mobiles => nameof(ChatbotFormModel.Mobiles),
        ChatbotField.Groups => nameof(ChatbotFormModel.GroupIds),
        ChatbotField.QuietHours or ChatbotField.Deduplication or ChatbotField.Fallback or ChatbotField.Drills => field.ToString(),
    };

    public bool Differs(ChatbotFormModel one, ChatbotFormModel other) => Read(one) != Read(other);

    // Numbers count only while they are mentioned; how they are separated does not.
    private static string ReadMobiles(ChatbotFormModel model) =>
        model.Mention != MentionMode.Mobiles ? string.Empty
        : MobileNumbers.TryRead(model.Mobiles, out var numbers, out _) ? string.Join(", ", numbers)
        : model.Mobiles.Trim();
}
