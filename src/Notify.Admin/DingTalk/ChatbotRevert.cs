using Microsoft.Extensions.Localization;
using Notify.Admin.Audit;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>Takes edits of chatbots back.</summary>
internal sealed class ChatbotRevert(DingTalkChatbotService service, IStringLocalizer<AuditText> texts, DingTalkExplanations explanations)
    : FormRevert<ChatbotView, ChatbotFormModel>("dingtalk-chatbot.update", ChatbotFields.Table, texts)
{
    protected override async Task<ChatbotView?> FindAsync(int id, Actor actor, CancellationToken cancellationToken) =>
        await service.FindAsync(id, actor, cancellationToken) is { } found ? ChatbotView.Of(found) : null;

    protected override async Task<SaveResult<ChatbotView>> SaveAsync(
        ChatbotView found, ChatbotFormModel model, Actor actor, CancellationToken cancellationToken) =>
        (await service.SaveAsync(model.ToChange(found.Id, found.Version), actor, cancellationToken)).Select(ChatbotView.Of);

    protected override string Explain(FieldRefusal refusal) => explanations.Explain(refusal);
}
