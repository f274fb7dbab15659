namespace Notify.Admin.ConfigFiles;

internal static class ConfigFilesServiceCollectionExtensions
{
    public static IServiceCollection AddConfigFiles(this IServiceCollection services)
    {
        // In the order of the file: what others speak of comes first. Each is good for one reading.
        services.AddTransient<IConfigKind, SettingsKind>();
        services.AddTransient<IConfigKind, PeopleKind>();
        services.AddTransient<IConfigKind, AssetGroupKind>();
        services.AddTransient<IConfigKind, RuleSetKind>();
        services.AddTransient<IConfigKind, SlackKind>();
        services.AddTransient<IConfigKind, DingTalkKind>();
        services.AddTransient<IConfigKind, SourceKind>();
        services.AddSingleton<ConfigAuditStore>();
        services.AddSingleton<ConfigSchema>();
        services.AddTransient<ConfigService>();
        services.AddTransient<ObjectService>();
        return services;
    }
}
