using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>Own rules and rule sets of integrations, for programs.</summary>
internal sealed class SlackOwnRules(SlackIntegrationService integrations) : IOwnRules
{
    public ChannelKind Kind => ChannelKind.Slack;

    public async Task<OwnHearing?> FindAsync(int id, Actor actor, CancellationToken cancellationToken) =>
        await integrations.FindAsync(id, actor, cancellationToken) is { } stored ? HearingOf(stored) : null;

    // What somebody else saved meanwhile stays: the save is tried again on it.
    public async Task<SaveResult<OwnHearing>> SaveAsync(int id, OwnHearing change, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await Contention.TryAsync<SaveResult<OwnHearing>>("integration", async () =>
        {
            if (await integrations.FindAsync(id, actor, cancellationToken) is not { } stored)
            {
                return (true, new Gone<OwnHearing>());
            }

            var model = stored.Values.Copy();
            model.OwnRules = change.Rules ?? model.OwnRules;
            model.RuleSets = change.RuleSets ?? model.RuleSets;
            var result = await integrations.SaveAsync(stored, model, actor, cancellationToken);
            return (result is not Conflict<SlackIntegrationView>, result.Select(HearingOf));
        });
    }

    private static OwnHearing HearingOf(SlackIntegrationView stored) => new(stored.Values.OwnRules, stored.Values.RuleSets);
}
