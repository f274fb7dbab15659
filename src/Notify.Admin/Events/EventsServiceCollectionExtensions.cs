using Microsoft.Extensions.Options;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Finding;
using Notify.Admin.Metrics;

namespace Notify.Admin.Events;

internal static class EventsServiceCollectionExtensions
{
    /// <summary>Registers the intake of events, and their list.</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EventsOptions>().Bind(configuration.GetSection(EventsOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EventsOptions>, EventsOptionsValidator>();
        services.AddSingleton<EventMeter>();
        services.AddSingleton<IMetricSource>(provider => provider.GetRequiredService<EventMeter>());
        services.AddSingleton<EventStore>();
        services.AddSingleton<EventService>();
        services.AddSingleton<IFinder, EventFinder>();
        services.AddEventRows(DatabaseOptions.Read(configuration).Provider);
        services.AddSingleton<IntakeContexts>();
        services.AddSingleton<EventWriter>();
        services.AddSingleton(IntakePatience.Default);
        services.AddSingleton<CommitHealth>();
        services.AddSingleton<EventIntake>();
        services.AddSingleton<IProductEvents, ProductEvents>();
        services.AddSingleton<SampleEventService>();
        services.AddHostedService(provider => provider.GetRequiredService<EventIntake>());
        services.AddHealthChecks().AddCheck<CommitHealthCheck>("commits", tags: ["ready"]);
        return services;
    }

    // What is added and asked most, in each provider's fastest way.
    private static void AddEventRows(this IServiceCollection services, DatabaseProvider store)
    {
        switch (store)
        {
            case DatabaseProvider.Sqlite:
                services.AddSingleton<IEventRows, SqliteEventRows>();
                services.AddSingleton<SqliteEventKeys>();
                services.AddSingleton<IEventKeys>(provider => provider.GetRequiredService<SqliteEventKeys>());
                services.AddHostedService<SqliteEventKeyMerger>();
                break;
            case DatabaseProvider.PostgreSql:
                services.AddSingleton<IEventRows, PostgresEventRows>();
                services.AddSingleton<IEventKeys, PostgresEventKeys>();
                break;
            case DatabaseProvider.SqlServer:
                services.AddSingleton<IEventRows, SqlServerEventRows>();
                services.AddSingleton<IEventKeys, SqlServerEventKeys>();
                break;
        }
    }
}
