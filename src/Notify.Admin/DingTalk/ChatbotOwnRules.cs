using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>Own rules and rule sets of chatbots, for programs.</summary>
internal sealed class ChatbotOwnRules(DingTalkChatbotService chatbots) : IOwnRules
{
    public ChannelKind Kind => ChannelKind.DingTalk;

    public async Task<OwnHearing?> FindAsync(int id, Actor actor, CancellationToken cancellationToken) =>
        await chatbots.FindAsync(id, actor, cancellationToken) is { } stored ? HearingOf(stored) : null;

    // What somebody else saved meanwhile stays: the save is tried again on it.
    public async Task<SaveResult<OwnHearing>> SaveAsync(int id, OwnHearing change, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await Contention.TryAsync<SaveResult<OwnHearing>>("chatbot", async () =>
        {
            if (await chatbots.FindAsync(id, actor, cancellationToken) is not { } stored)
            {
                return (true, new Gone<OwnHearing>());
            }

            var wanted = new ChatbotChange
            {
                Id = id,
                ExpectedVersion = stored.Version,
                Name = stored.Name,
                OwnRules = change.Rules,
                RuleSets = change.RuleSets,
            };
            var result = await chatbots.SaveAsync(wanted, actor, cancellationToken);
            return (result is not Conflict<DingTalkChatbot>, result.Select(HearingOf));
        });
    }

    private static OwnHearing HearingOf(DingTalkChatbot stored) => new(stored.OwnRules, RuleSetIds.Read(stored.RuleSets));
}
