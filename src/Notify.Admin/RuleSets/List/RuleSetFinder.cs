using Notify.Admin.Channels;
using Notify.Admin.Finding;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.RuleSets;

/// <summary>Finds rule sets by name.</summary>
internal sealed class RuleSetFinder(IRuleSets sets) : IFinder
{
    public async Task<IReadOnlyList<Found>> FindAsync(FindText text, int most, Actor actor, CancellationToken cancellationToken) =>
        text.Words.Count == 0 || text.AsksForTest ? []
            : [.. (await sets.ListAsync(actor, cancellationToken)).Where(set => text.Finds(set.Name)).Take(most)
                .Select(set => new Found(FoundKind.RuleSet, set.Name, null, IconName.List, ChannelLinks.ToRuleSet(set.Id)))];
}
