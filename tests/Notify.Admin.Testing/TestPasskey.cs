using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Notify.Admin.Testing;

/// <summary>A passkey and the browser around it: makes and shows itself as <c>navigator.credentials</c> does, with an ES256 key and no
/// attestation (https://www.w3.org/TR/webauthn-3/).</summary>
public sealed class TestPasskey : IDisposable
{
    private const byte UserPresent = 0x01;
    private const byte UserIsVerified = 0x04;
    private const byte HasKey = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
    private string _userHandle = "";

    /// <summary>How often it has signed; going back shows a copy.</summary>
    public uint Counter { get; set; }

    /// <summary>False: the device was not unlocked by its person.</summary>
    public bool VerifiesUser { get; set; } = true;

    /// <summary>Where the browser says it is; null: at the address that is asked.</summary>
    public string? Origin { get; set; }

    /// <summary>What the browser makes of creation options.</summary>
    public string Create(string options, Uri address)
    {
        using var json = JsonDocument.Parse(options);
        _userHandle = json.RootElement.GetProperty("user").GetProperty("id").GetString()!;
        var point = _key.ExportParameters(false).Q;
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] data = [.. AuthenticatorData(address, HasKey), .. new byte[16], 0, (byte)_id.Length, .. _id, .. cose];
        byte[] attestation = [0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58,
            (byte)data.Length, .. data];
        return Credential(new
        {
            clientDataJSON = Text(ClientData("webauthn.create", json, address)),
            attestationObject = Text(attestation),
            transports = new[] { "internal" },
        });
    }

    /// <summary>What the browser makes of request options.</summary>
    public string Show(string options, Uri address)
    {
        using var json = JsonDocument.Parse(options);
        Counter++;
        var client = ClientData("webauthn.get", json, address);
        var data = AuthenticatorData(address, 0);
        return Credential(new
        {
            clientDataJSON = Text(client),
            authenticatorData = Text(data),
            signature = Text(_key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence)),
            userHandle = _userHandle,
        });
    }

    public void Dispose() => _key.Dispose();

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private string Credential(object response) =>
        JsonSerializer.Serialize(new { id = Text(_id), rawId = Text(_id), type = "public-key", clientExtensionResults = new { },
            response });

    private byte[] ClientData(string type, JsonDocument options, Uri address) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        type,
        challenge = options.RootElement.GetProperty("challenge").GetString(),
        origin = Origin ?? address.GetLeftPart(UriPartial.Authority),
        crossOrigin = false,
    });

    private byte[] AuthenticatorData(Uri address, byte flags)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, Counter);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(address.Host)),
            (byte)(flags | UserPresent | (VerifiesUser ? UserIsVerified : 0)), .. counter];
    }
}
