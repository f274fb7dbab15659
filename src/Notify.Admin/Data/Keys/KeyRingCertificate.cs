using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Notify.Admin.Data;

/// <summary>The certificate that wraps the key ring: <c>DataProtection:CertificatePath</c> and <c>CertificatePassword</c>.</summary>
internal static class KeyRingCertificate
{
    /// <exception cref="StartupException">The file is absent, unreadable, or has no private key.</exception>
    public static X509Certificate2 Load(string path, string? password)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            return certificate.HasPrivateKey
                ? certificate
                : throw new StartupException($"DataProtection:CertificatePath '{path}' holds no private key. Use a PKCS#12 file with one.");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"DataProtection:CertificatePath '{path}' cannot be opened. Check the file and DataProtection:CertificatePassword.", e);
        }
    }
}
