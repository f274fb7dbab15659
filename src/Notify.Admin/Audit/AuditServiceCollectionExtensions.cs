using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Notify.Admin.Audit;

/// <summary>Registers the audit trail.</summary>
internal static class AuditServiceCollectionExtensions
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.TryAddSingleton<AuditTrail>();
        services.AddSingleton<AuditStore>();
        services.AddSingleton<AuditSealStore>();
        services.AddSingleton<AuditRepeats>();
        services.AddSingleton<AuditService>();
        services.AddSingleton<AuditRevertService>();
        services.AddSingleton<AuditSealer>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditSealer>());
        return services;
    }
}
