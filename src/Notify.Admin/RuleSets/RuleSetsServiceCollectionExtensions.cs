using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Finding;

namespace Notify.Admin.RuleSets;

internal static class RuleSetsServiceCollectionExtensions
{
    /// <summary>Own rules that channels share.</summary>
    public static IServiceCollection AddRuleSets(this IServiceCollection services)
    {
        services.AddSingleton<RuleSetStore>();
        services.AddSingleton<RuleSetService>();
        services.AddSingleton<IRuleSets, StoredRuleSets>();
        services.AddSingleton<IFinder, RuleSetFinder>();
        services.AddSingleton<IAuditRevert, RuleSetRevert>();
        return services;
    }
}
