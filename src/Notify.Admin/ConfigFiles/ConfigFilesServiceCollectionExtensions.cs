using Microsoft.Extensions.Options;
using Notify.Admin.Channels;

namespace Notify.Admin.ConfigFiles;

internal static class ConfigFilesServiceCollectionExtensions
{
    public static IServiceCollection AddConfigFiles(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ConfigDirectoryOptions>().Bind(configuration.GetSection(ConfigDirectoryOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConfigDirectoryOptions>, ConfigDirectoryOptionsValidator>();
        services.AddSingleton<ConfigDirectory>();
        services.AddSingleton<ConfigDirectoryHealth>();
        services.AddSingleton<IAttentionSource>(provider => provider.GetRequiredService<ConfigDirectoryHealth>());
        services.AddHealthChecks().AddCheck<ConfigDirectoryHealth>("configuration files", tags: ["ready"]);
        services.AddHostedService<ConfigDirectoryWork>();

        // In the order of the file: what others speak of comes first. Each is good for one reading.
        services.AddTransient<IConfigKind, SettingsKind>();
        services.AddTransient<IConfigKind, PeopleKind>();
        services.AddTransient<IConfigKind, AssetGroupKind>();
        services.AddTransient<IConfigKind, WorkspaceKind>();
        services.AddTransient<IConfigKind, AccountKind>();
        services.AddTransient<IConfigKind, RuleSetKind>();
        services.AddTransient<IConfigKind, InhibitionKind>();
        services.AddTransient<IConfigKind, SlackKind>();
        services.AddTransient<IConfigKind, DingTalkKind>();
        services.AddTransient<IConfigKind, LinkKind>();
        services.AddTransient<IConfigKind, SourceKind>();
        services.AddTransient<IConfigKind, MaintenanceKind>();
        services.AddTransient<IConfigKind, AccessListKind>();
        services.AddSingleton<ConfigEffects>();
        services.AddSingleton<ConfigAuditStore>();
        services.AddSingleton<ConfigCommentStore>();
        services.AddSingleton<ConfigAnnotations>();
        services.AddSingleton<ConfigSchema>();
        services.AddTransient<ConfigService>();
        services.AddTransient<ObjectService>();
        services.AddSingleton<TagService>();
        return services;
    }
}
