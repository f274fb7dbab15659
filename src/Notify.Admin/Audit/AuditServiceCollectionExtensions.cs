using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Notify.Admin.Audit;

/// <summary>Registers the audit trail.</summary>
internal static class AuditServiceCollectionExtensions
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.TryAddSingleton<AuditTrail>();
        return services;
    }
}
