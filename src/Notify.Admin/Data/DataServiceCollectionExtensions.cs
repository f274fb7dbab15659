using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Notify.Admin.LiveForms;
using Notify.Admin.LivePages;

namespace Notify.Admin.Data;

/// <summary>Registers the store: contexts for the configured provider, migrations, protected secrets and the change feed.</summary>
internal static class DataServiceCollectionExtensions
{
    /// <exception cref="StartupException">A setting is wrong or the data directory cannot be used.</exception>
    public static IServiceCollection AddData(this IServiceCollection services, IConfiguration configuration)
    {
        var database = DatabaseOptions.Read(configuration);
        services.AddSingleton(database);
        if (database.Provider == DatabaseProvider.Sqlite)
        {
            // Made by a factory, so that the container owns it: the lock ends with the program.
            services.AddSingleton(_ => DataDirectoryLock.Take(database.DataDirectory));
        }

        services.TryAddTimeProvider();
        services.AddSingleton<ProviderContextFactory>();
        services.AddSingleton<IDbContextFactory<NotifyDbContext>>(provider => provider.GetRequiredService<ProviderContextFactory>());
        services.AddSingleton<PatientContexts>();
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContext());
        services.AddSingleton<DatabaseMigrator>();
        services.AddSingleton<Leases>();
        services.AddSingleton<NamedLeases>();
        services.AddSingleton<ProvisionedStore>();
        services.AddSingleton<ProvisionedMarks>();
        services.AddSingleton<SecretProtector>();
        services.AddSingleton<IdPages>();
        services.AddSingleton<EventTextIndex>();
        services.AddSingleton<EarlierEvents>();
        services.AddHostedService<EventTextIndexer>();
        services.AddSingleton<ChangeFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeFeed>());
        services.AddSingleton<FormDraftService>();
        services.AddSingleton<PersonChoiceService>();
        services.AddHostedService(provider => provider.GetRequiredService<FormDraftService>());
        services.AddSingleton<StoreHealthCheck>();
        services.AddHealthChecks().AddCheck<StoreHealthCheck>("store", tags: ["ready"]);
        if (database.Provider == DatabaseProvider.Sqlite)
        {
            services.AddHostedService<SqliteCheckpoints>();
        }

        AddKeyRing(services, database, configuration);
        return services;
    }

    /// <summary>Takes the data directory, brings the schema up to date and notes what changes from here on, before anything else
    /// runs.</summary>
    /// <exception cref="StartupException">The store cannot be opened.</exception>
    public static async Task PrepareStoreAsync(this WebApplication app)
    {
        app.Services.GetService<DataDirectoryLock>();
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(app.Lifetime.ApplicationStopping);
        if (app.Services.GetRequiredService<DatabaseOptions>() is { Provider: DatabaseProvider.Sqlite } database)
        {
            PrivateFiles.Close(database, app.Logger);
        }

        await app.Services.GetRequiredService<ChangeFeed>().BeginAsync(app.Lifetime.ApplicationStopping);
    }

    private static void TryAddTimeProvider(this IServiceCollection services)
    {
        if (services.All(service => service.ServiceType != typeof(TimeProvider)))
        {
            services.AddSingleton(TimeProvider.System);
        }
    }

    private static void AddKeyRing(IServiceCollection services, DatabaseOptions database, IConfiguration configuration)
    {
        var protection = services.AddDataProtection().SetApplicationName("Notify.Admin");
        if (database.Provider == DatabaseProvider.Sqlite)
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(database.DataDirectory, "keys")));
        }
        else
        {
            services.AddSingleton<StoredKeyRing>();
            services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
                new ConfigureOptions<KeyManagementOptions>(options =>
                    options.XmlRepository = provider.GetRequiredService<StoredKeyRing>()));
        }

        if (configuration["DataProtection:CertificatePath"] is { Length: > 0 } path)
        {
            protection.ProtectKeysWithCertificate(KeyRingCertificate.Load(path, configuration["DataProtection:CertificatePassword"]));
        }
    }
}
