using Notify.Admin.Channels;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.RuleSets;

/// <summary>Rule sets for what decides and chooses. Apart from <see cref="RuleSetService"/>, which asks the channels who uses
/// them.</summary>
internal sealed class StoredRuleSets(RuleSetStore store) : IRuleSets
{
    public async Task<IReadOnlyList<SharedRules>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return [.. (await store.ListAsync(cancellationToken))
            .Select(set => new SharedRules(set.Id, set.Name, OwnRuleJson.Read(set.Rules).Rules))];
    }
}
