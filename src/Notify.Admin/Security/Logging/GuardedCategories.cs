namespace Notify.Admin.Security;

/// <summary>Categories of the framework's that write what must not be written: whatever level an operator asks for, of everything or for
/// one sink, they stay above it.</summary>
internal static class GuardedCategories
{
    /// <summary>Keeps a category from writing below a level. A higher one that is configured for it counts.</summary>
    public static IServiceCollection AddGuardedCategory(this IServiceCollection services, string category, LogLevel least) =>
        services.PostConfigure<LoggerFilterOptions>(options => Guard(options.Rules, category, least));

    // Of rules that are as exact the last counts, and one that names a sink before all that do not: so it needs one for each sink.
    private static void Guard(IList<LoggerFilterRule> rules, string category, LogLevel least)
    {
        var sinks = rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList();
        var configured = sinks.ToDictionary(sink => sink ?? "", sink => rules.LastOrDefault(rule =>
            rule.ProviderName == sink && string.Equals(rule.CategoryName, category, StringComparison.OrdinalIgnoreCase))?.LogLevel);
        foreach (var sink in sinks)
        {
            var wanted = configured[sink ?? ""] ?? configured[""] ?? least;
            rules.Add(new LoggerFilterRule(sink, category, wanted > least ? wanted : least, null));
        }
    }
}
