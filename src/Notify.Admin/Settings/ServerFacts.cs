using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Notify.Admin.Data;

namespace Notify.Admin.Settings;

/// <summary>What the Settings page says about the store.</summary>
/// <param name="HasCertificate">A certificate wraps the data-protection keys that are made from now on.</param>
/// <param name="HasPlainKeys">Keys from before lie in the clear.</param>
/// <param name="IsKeyRingInStore">The keys are in the database, beside what they encrypt.</param>
internal sealed record ServerFacts(string Provider, string DataDirectory, bool HasCertificate, bool HasPlainKeys, bool IsKeyRingInStore)
{
    public bool IsKeyRingWrapped => HasCertificate && !HasPlainKeys;

    /// <summary>The key of the words that say so.</summary>
    public string KeyRingWords => IsKeyRingWrapped ? "KeyRing.Wrapped" : HasCertificate ? "KeyRing.PartlyWrapped" : "KeyRing.Plain";

    /// <summary>The key of what that means.</summary>
    public string KeyRingText => HasCertificate ? $"{KeyRingWords}.Text"
        : IsKeyRingInStore ? "KeyRing.PlainStore.Text" : "KeyRing.PlainFile.Text";

    public static ServerFacts Of(DatabaseOptions database, IConfiguration configuration, IOptions<KeyManagementOptions> keys) => new(
        database.Provider.ToString(),
        database.DataDirectory,
        configuration["DataProtection:CertificatePath"] is { Length: > 0 },
        keys.Value.XmlRepository?.GetAllElements().Any(IsPlain) == true,
        database.Provider != DatabaseProvider.Sqlite);

    // A wrapped key has an encrypted element in its place.
    private static bool IsPlain(XElement key) => key.Descendants("masterKey").Any();
}
