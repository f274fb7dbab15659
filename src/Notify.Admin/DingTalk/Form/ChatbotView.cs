using System.Security.Cryptography;
using System.Text;
using Notify.Admin.LiveForms;

namespace Notify.Admin.DingTalk;

/// <summary>A stored chatbot as its form shows it, without secrets.</summary>
/// <param name="Values">What is stored; not to be changed.</param>
/// <param name="Host">Of the webhook.</param>
/// <param name="RobotMark">Tells one robot from another without saying anything about its token.</param>
/// <param name="SecretLastFour">Null where there is no signing secret.</param>
/// <param name="SecretMark">Like <paramref name="RobotMark"/>, for the signing secret.</param>
public sealed record ChatbotView(
    int Id,
    int Version,
    ChatbotFormModel Values,
    string Host,
    string TokenLastFour,
    string MaskedUrl,
    string RobotMark,
    string? SecretLastFour,
    string? SecretMark,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    string? ChangedBy) : IStored<ChatbotFormModel>
{
    public static ChatbotView Of(DingTalkChatbot chatbot) => new(
        chatbot.Id,
        chatbot.Version,
        ChatbotFormModel.Of(chatbot),
        chatbot.Host,
        chatbot.AccessToken.LastFour,
        chatbot.MaskedUrl,
        Mark($"{chatbot.WebhookBase} {chatbot.Fingerprint}"),
        chatbot.Secret?.LastFour,
        chatbot.Secret is { } secret ? Mark(secret.Ciphertext) : null,
        chatbot.CreatedAt,
        chatbot.ChangedAt,
        chatbot.ChangedBy);

    private static string Mark(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
