namespace Notify.Admin.Events;

internal static class EventsServiceCollectionExtensions
{
    /// <summary>Registers the intake of events.</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<EventWriter>();
        services.AddSingleton<EventIntake>();
        services.AddHostedService(provider => provider.GetRequiredService<EventIntake>());
        return services;
    }
}
