using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Finding;

namespace Notify.Admin.Inhibitions;

internal static class InhibitionsServiceCollectionExtensions
{
    /// <summary>What is counted and not sent while a problem is open.</summary>
    public static IServiceCollection AddInhibitions(this IServiceCollection services)
    {
        services.AddSingleton<InhibitionStore>();
        services.AddSingleton<InhibitionService>();
        services.AddSingleton<IInhibitions, StoredInhibitions>();
        services.AddSingleton<IFinder, InhibitionFinder>();
        services.AddSingleton<IAuditRevert, InhibitionRevert>();
        return services;
    }
}
