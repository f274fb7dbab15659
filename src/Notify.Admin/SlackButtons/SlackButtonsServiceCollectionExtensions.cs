using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.SlackButtons;

public static class SlackButtonsServiceCollectionExtensions
{
    public static IServiceCollection AddSlackButtons(this IServiceCollection services)
    {
        services.AddSingleton<RecentPresses>();
        services.AddSingleton<PressingPeople>();
        services.AddSingleton<ButtonAnswers>();
        services.AddSingleton<ISocketReceiver, ButtonReceiver>();
        return services;
    }
}
