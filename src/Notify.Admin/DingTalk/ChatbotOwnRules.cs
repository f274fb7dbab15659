using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>Own rules of chatbots, for programs.</summary>
internal sealed class ChatbotOwnRules(DingTalkChatbotService chatbots) : IOwnRules
{
    public ChannelKind Kind => ChannelKind.DingTalk;

    public async Task<string?> FindAsync(int id, Actor actor, CancellationToken cancellationToken) =>
        (await chatbots.FindAsync(id, actor, cancellationToken))?.OwnRules;

    // What somebody else saved meanwhile stays: the save is tried again on it.
    public async Task<SaveResult<string>> SaveAsync(int id, string rules, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await Contention.TryAsync<SaveResult<string>>("chatbot", async () =>
        {
            if (await chatbots.FindAsync(id, actor, cancellationToken) is not { } stored)
            {
                return (true, new Gone<string>());
            }

            var change = new ChatbotChange { Id = id, ExpectedVersion = stored.Version, Name = stored.Name, OwnRules = rules };
            var result = await chatbots.SaveAsync(change, actor, cancellationToken);
            return (result is not Conflict<DingTalkChatbot>, result.Select(saved => saved.OwnRules));
        });
    }
}
