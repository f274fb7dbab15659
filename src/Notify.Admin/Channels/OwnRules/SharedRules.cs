using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.Channels;

/// <summary>A rule set: own rules under a name, that any number of channels use beside their own.</summary>
public sealed record SharedRules(int Id, string Name, OwnRuleList Rules);

/// <summary>The rule sets that there are, for whatever matches, explains and chooses.</summary>
public interface IRuleSets
{
    /// <summary>By name. Rules that cannot be read are none.</summary>
    Task<IReadOnlyList<SharedRules>> ListAsync(Actor actor, CancellationToken cancellationToken);
}
