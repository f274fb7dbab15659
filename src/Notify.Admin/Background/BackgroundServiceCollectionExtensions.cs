using Notify.Admin.Channels;

namespace Notify.Admin.Background;

/// <summary>Registers what watches background work; each feature registers its own.</summary>
internal static class BackgroundServiceCollectionExtensions
{
    public static IServiceCollection AddBackground(this IServiceCollection services)
    {
        services.AddSingleton<WorkRegister>();
        services.AddSingleton<IAttentionSource, WorkAttention>();
        services.AddHealthChecks().AddCheck<WorkHealthCheck>("background work", tags: ["ready"]);
        return services;
    }
}
