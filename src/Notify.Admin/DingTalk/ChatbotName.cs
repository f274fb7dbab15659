using Notify.Admin.Channels;

namespace Notify.Admin.DingTalk;

/// <summary>A chatbot as lists of channels name it.</summary>
internal sealed record ChatbotName(int Id, string Name, bool IsOn, bool HasRules, DeliveryPolicy Delivery, string Tags, string Layout);
