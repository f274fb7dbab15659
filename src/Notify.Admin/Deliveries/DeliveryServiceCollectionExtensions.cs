using Microsoft.Extensions.Options;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Finding;
using Notify.Admin.Metrics;

namespace Notify.Admin.Deliveries;

internal static class DeliveryServiceCollectionExtensions
{
    /// <summary>Registers the queue's worker, pacing, what channels ask of delivery, and the lists.</summary>
    public static IServiceCollection AddDeliveries(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PacingOptions>().Bind(configuration.GetSection("Delivery")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ConsoleOptions>().Bind(configuration.GetSection(ConsoleOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConsoleOptions>, ConsoleOptionsValidator>();
        services.AddSingleton<DeliveryTotalsStore>();
        services.AddSingleton<CurrentRules>();
        services.AddSingleton<DeliveryMeter>();
        services.AddSingleton<IMetricSource>(provider => provider.GetRequiredService<DeliveryMeter>());
        services.AddSingleton(LanePatience.Default);
        services.AddSingleton<LaneCommits>();
        services.AddSingleton<LaneReadStore>();
        services.AddSingleton<LaneStore>();
        services.AddSingleton<LaneSlots>();
        services.AddSingleton<ILaneRows>(provider => provider.GetRequiredService<DatabaseOptions>().Provider switch
        {
            DatabaseProvider.Sqlite => new SqliteLaneRows(),
            DatabaseProvider.PostgreSql => new PostgresLaneRows(),
            DatabaseProvider.SqlServer => new SqlServerLaneRows(),
        });
        services.AddSingleton<KnownHolds>();
        services.AddSingleton<PauseStore>();
        services.AddSingleton<MaintenanceStore>();
        services.AddSingleton<MaintenanceService>();
        services.AddSingleton<PauseService>();
        services.AddSingleton<MuteStore>();
        services.AddSingleton<MuteService>();
        services.AddSingleton<LaneOutbox>();
        services.AddSingleton<RepeatStore>();
        services.AddSingleton<ForecastStore>();
        services.AddSingleton<SimulationStore>();
        services.AddSingleton<SimulationService>();
        services.AddSingleton<LaneRunner>();
        services.AddSingleton<PacingStore>();
        services.AddSingleton<DeliverySignal>();
        services.AddSingleton<DeskStore>();
        services.AddSingleton<TestEventStore>();
        services.AddSingleton<IDeliveryDesk, DeliveryDesk>();
        services.AddSingleton<DeliveryStore>();
        services.AddSingleton<SendAgainStore>();
        services.AddSingleton<ChannelDirectory>();
        services.AddSingleton<AcknowledgementStore>();
        services.AddSingleton<AcknowledgementService>();
        services.AddSingleton<UnwellStore>();
        services.AddSingleton<DeliveryService>();
        services.AddSingleton<IFinder, DeliveryFinder>();
        services.AddSingleton<ChannelActivityStore>();
        services.AddSingleton<ChannelActivityService>();
        services.AddSingleton<MonthlyUseStore>();
        services.AddSingleton<MonthlyUseService>();
        services.AddSingleton<IAttentionSource, MonthlyUseAttention>();
        services.AddHostedService<DeliveryWorker>();
        services.AddSingleton<LaneWaker>();
        services.AddHostedService(provider => provider.GetRequiredService<LaneWaker>());
        services.AddSingleton<OutageStore>();
        services.AddSingleton<OutageWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<OutageWatch>());
        services.AddSingleton<LostAttemptStore>();
        services.AddHostedService<LostAttemptWorker>();
        services.AddHostedService<PauseBoundaries>();
        services.AddOptions<RetentionOptions>().Bind(configuration.GetSection("Retention")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RetentionStore>();
        services.AddSingleton<PastPartitions>();
        if (DatabaseOptions.Read(configuration).Provider == DatabaseProvider.PostgreSql)
        {
            services.AddSingleton<PartitionMaker>();
            services.AddHostedService<PartitionWorker>();
        }

        services.AddSingleton<OpenProblemStore>();
        services.AddSingleton<RetentionWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<RetentionWorker>());
        return services;
    }
}
