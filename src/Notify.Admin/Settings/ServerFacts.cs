using Notify.Admin.Data;

namespace Notify.Admin.Settings;

/// <summary>What the Settings page says about the store.</summary>
/// <param name="IsKeyRingWrapped">A certificate wraps the data-protection keys.</param>
/// <param name="IsKeyRingInStore">The keys are in the database, beside what they encrypt.</param>
internal sealed record ServerFacts(string Provider, string DataDirectory, bool IsKeyRingWrapped, bool IsKeyRingInStore)
{
    public static ServerFacts Of(DatabaseOptions database, IConfiguration configuration) => new(
        database.Provider.ToString(),
        database.DataDirectory,
        configuration["DataProtection:CertificatePath"] is { Length: > 0 },
        database.Provider != DatabaseProvider.Sqlite);
}
