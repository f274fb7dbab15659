using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Metrics;

namespace Notify.Admin.Events;

internal static class EventsServiceCollectionExtensions
{
    /// <summary>Registers the intake of events, and their list.</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<EventMeter>();
        services.AddSingleton<IMetricSource>(provider => provider.GetRequiredService<EventMeter>());
        services.AddSingleton<EventStore>();
        services.AddSingleton<EventService>();
        services.AddSingleton<IEventRows>(provider => provider.GetRequiredService<DatabaseOptions>().Provider switch
        {
            DatabaseProvider.Sqlite => new SqliteEventRows(),
            DatabaseProvider.PostgreSql => new PostgresEventRows(),
            DatabaseProvider.SqlServer => new TrackedEventRows(),
        });
        services.AddSingleton<EventWriter>();
        services.AddSingleton<EventIntake>();
        services.AddSingleton<IProductEvents, ProductEvents>();
        services.AddHostedService(provider => provider.GetRequiredService<EventIntake>());
        return services;
    }
}
