using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Notify.Admin.Audit;
using Notify.Admin.Data;

namespace Notify.Admin.Settings;

/// <summary>Registers stored settings. Called before features bind their options.</summary>
internal static class SettingsServiceCollectionExtensions
{
    public static void AddSettings(this WebApplicationBuilder builder)
    {
        var stored = new StoredSettings();
        builder.Configuration.Sources.Insert(0, stored);
        builder.Services.AddSingleton(stored);
        builder.Services.AddSingleton<SettingsStore>();
        builder.Services.AddSingleton<SettingsService>();
        builder.Services.AddSingleton<IAuditRevert, SettingRevert>();
        builder.Services.AddSingleton(provider =>
            ServerFacts.Of(provider.GetRequiredService<DatabaseOptions>(), provider.GetRequiredService<IConfiguration>(),
                provider.GetRequiredService<IOptions<KeyManagementOptions>>()));
        builder.Services.AddHostedService(provider => provider.GetRequiredService<SettingsService>());
    }
}
