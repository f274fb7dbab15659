namespace Notify.Admin.DingTalk;

/// <summary>What an open form holds, as it is kept between two visits.</summary>
/// <param name="Original">What the form was filled from, so that what others saved meanwhile can be told apart.</param>
/// <param name="HadSecret">A webhook or signing secret was typed, which is not kept.</param>
internal sealed record ChatbotDraft(ChatbotView? Original, ChatbotFormModel Typed, bool HadSecret)
{
    /// <summary>What <paramref name="edit"/> holds; null without changes.</summary>
    public static ChatbotDraft? Of(ChatbotEdit edit) =>
        edit.IsDirty ? new(edit.Original, edit.Model.Copy(), edit.Model.HasWebhook || edit.Model.HasSecret) : null;

    public static string KeyOf(int? chatbotId) => chatbotId is { } id ? $"dingtalk-chatbot/{id}" : "dingtalk-chatbot/new";
}
