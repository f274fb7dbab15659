namespace Notify.Admin.Finding;

internal static class FindingServiceCollectionExtensions
{
    /// <summary>Registers Ctrl+K. Each feature registers its own <see cref="IFinder"/>.</summary>
    public static IServiceCollection AddFinding(this IServiceCollection services) => services.AddSingleton<FindService>();
}
