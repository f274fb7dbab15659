using Notify.Admin.Channels;

namespace Notify.Admin.StoredSecrets;

/// <summary>Registers what looks after the encryption of stored secrets.</summary>
internal static class StoredSecretsServiceCollectionExtensions
{
    public static IServiceCollection AddStoredSecrets(this IServiceCollection services)
    {
        services.AddSingleton<StoredSecretStore>();
        services.AddSingleton<LostSecretService>();
        services.AddSingleton<IAttentionSource, LostSecretAttention>();
        services.AddSingleton<SecretRenewal>();
        services.AddHostedService(provider => provider.GetRequiredService<SecretRenewal>());
        return services;
    }
}
