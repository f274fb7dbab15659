using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Notify.Admin.Testing;

/// <summary>A server on loopback that speaks TLS for a plain one, with a certificate of its own.</summary>
public sealed class TlsFront : LoopbackServer
{
    private readonly X509Certificate2 _certificate;
    private readonly int _port;

    /// <param name="port">Of the plain server.</param>
    /// <param name="names">The host names that the certificate is for.</param>
    public TlsFront(int port, params string[] names)
    {
        (_port, _certificate) = (port, Certify(names));
        Start();
    }

    public int Port => Address.Port;

    /// <summary>What a client has to trust.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _certificate.Dispose();
    }

    protected override async Task ServeAsync(NetworkStream client)
    {
        await using var safe = new SslStream(client);
        await safe.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, Stop);
        using var target = new TcpClient();
        await target.ConnectAsync(IPAddress.Loopback, _port, Stop);
        await PassAsync(safe, target.GetStream());
    }

    private static X509Certificate2 Certify(string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
