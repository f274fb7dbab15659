using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

internal static class DeliveryServiceCollectionExtensions
{
    /// <summary>Registers the queue's worker, pacing, and what channels ask of delivery.</summary>
    public static IServiceCollection AddDeliveries(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PacingOptions>().Bind(configuration.GetSection("Delivery")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LaneStore>();
        services.AddSingleton<LaneOutbox>();
        services.AddSingleton<LaneRunner>();
        services.AddSingleton<PacingStore>();
        services.AddSingleton<DeliverySignal>();
        services.AddSingleton<DeskStore>();
        services.AddSingleton<IDeliveryDesk, DeliveryDesk>();
        services.AddHostedService<DeliveryWorker>();
        return services;
    }
}
