namespace Notify.Admin.DingTalk;

/// <summary>Marks the texts of the chatbots' pages, <c>ChatbotText.resx</c> and its Chinese sister. Messages and vendor codes have
/// <see cref="DingTalkText"/>.</summary>
public sealed class ChatbotText;
