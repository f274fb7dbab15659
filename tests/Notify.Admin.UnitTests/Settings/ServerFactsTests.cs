using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Notify.Admin.Data;
using Notify.Admin.Settings;

namespace Notify.Admin.UnitTests.Settings;

public sealed class ServerFactsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory();
    private readonly X509Certificate2 _certificate = new CertificateRequest("CN=ring", RSA.Create(2048), HashAlgorithmName.SHA256,
        RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

    public void Dispose()
    {
        _certificate.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void KeyRing_WithoutACertificate_IsPlain() => WordsAfterStart(hasCertificate: false).ShouldBe("KeyRing.Plain");

    [Fact]
    public void KeyRing_WithACertificateFromTheFirstStart_IsWrapped() =>
        WordsAfterStart(hasCertificate: true).ShouldBe("KeyRing.Wrapped");

    [Fact]
    public void KeyRing_WithACertificateThatWasSetLater_IsNotSaidToBeWrapped()
    {
        WordsAfterStart(hasCertificate: false);

        WordsAfterStart(hasCertificate: true).ShouldBe("KeyRing.PartlyWrapped");
    }

    private string WordsAfterStart(bool hasCertificate)
    {
        var services = new ServiceCollection();
        var protection = services.AddDataProtection().PersistKeysToFileSystem(_directory);
        if (hasCertificate)
        {
            protection.ProtectKeysWithCertificate(_certificate);
        }

        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IDataProtectionProvider>().CreateProtector("tests").Protect([1]);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["DataProtection:CertificatePath"] = hasCertificate ? "ring.pfx" : "" }).Build();
        var database = new DatabaseOptions
        {
            Provider = DatabaseProvider.Sqlite, ConnectionString = "", DataDirectory = _directory.FullName,
        };
        return ServerFacts.Of(database, configuration, provider.GetRequiredService<IOptions<KeyManagementOptions>>()).KeyRingWords;
    }
}
