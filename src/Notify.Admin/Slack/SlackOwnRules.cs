using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>Own rules of integrations, for programs.</summary>
internal sealed class SlackOwnRules(SlackIntegrationService integrations) : IOwnRules
{
    public ChannelKind Kind => ChannelKind.Slack;

    public async Task<string?> FindAsync(int id, Actor actor, CancellationToken cancellationToken) =>
        (await integrations.FindAsync(id, actor, cancellationToken))?.Values.OwnRules;

    // What somebody else saved meanwhile stays: the save is tried again on it.
    public async Task<SaveResult<string>> SaveAsync(int id, string rules, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await Contention.TryAsync<SaveResult<string>>("integration", async () =>
        {
            if (await integrations.FindAsync(id, actor, cancellationToken) is not { } stored)
            {
                return (true, new Gone<string>());
            }

            var model = stored.Values.Copy();
            model.OwnRules = rules;
            var result = await integrations.SaveAsync(stored, model, actor, cancellationToken);
            return (result is not Conflict<SlackIntegrationView>, result.Select(saved => saved.Values.OwnRules));
        });
    }
}
