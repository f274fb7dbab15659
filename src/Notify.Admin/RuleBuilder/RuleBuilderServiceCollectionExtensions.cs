namespace Notify.Admin.RuleBuilder;

internal static class RuleBuilderServiceCollectionExtensions
{
    /// <summary>What the rule builder asks of stored events.</summary>
    public static IServiceCollection AddRuleBuilder(this IServiceCollection services)
    {
        services.AddSingleton<PastEventStore>();
        services.AddSingleton<PastEventService>();
        return services;
    }
}
