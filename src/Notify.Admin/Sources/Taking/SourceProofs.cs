using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
namespace Notify.Admin.Sources;

/// <summary>Checks what a sender shows besides the key in the address. Secrets and signatures compare in constant time.</summary>
internal static class SourceProofs
{
    /// <returns>Null where it is right.</returns>
    public static SourceRefusal? Check(Source source, string? secret, HttpRequest request, ReadOnlySpan<byte> body,
        DateTimeOffset now) =>
        source.Proof == SourceProof.Key ? null
            : secret is null ? SourceRefusal.Proof("SecretUnreadable")
            : Check(source, request, secret, body, now);

    private static SourceRefusal? Check(Source source, HttpRequest request, string secret, ReadOnlySpan<byte> body,
        DateTimeOffset now) =>
        source.Proof switch
        {
            SourceProof.Key => null,
            SourceProof.Bearer => Same(Scheme(request, "Bearer"), secret) ? null
                : SourceRefusal.Proof("ProofBearer"),
            SourceProof.Basic => Same(Password(request), secret) ? null
                : SourceRefusal.Proof("ProofBasic"),
            SourceProof.Query => Same(request.Query["token"], secret) || Same(request.Query["access_token"], secret) ? null
                : SourceRefusal.Proof("ProofQuery"),
            SourceProof.Hmac => IsSigned(source, secret, request, body) ? null
                : SourceRefusal.Proof("ProofHmac", source.SignatureHeader!),
            SourceProof.Sign => RobotSignature.Check(request, secret, now),
        };

    private static bool IsSigned(Source source, string secret, HttpRequest request, ReadOnlySpan<byte> body)
    {
        var header = request.Headers[source.SignatureHeader!].ToString().Trim();
        var given = header[(header.IndexOf('=', StringComparison.Ordinal) is var equals and > 0 and < 10
            && header[..equals].All(char.IsAsciiLetterOrDigit) && header[..equals].StartsWith("sha", StringComparison.OrdinalIgnoreCase)
            ? equals + 1 : 0)..];
        var key = Encoding.UTF8.GetBytes(secret);
        var expected = source.SignatureAlgorithm switch
        {
            SignatureAlgorithm.Sha256 => HMACSHA256.HashData(key, body),
#pragma warning disable CA5350 // What old senders sign with; whoever sets it up chooses it.
            SignatureAlgorithm.Sha1 => HMACSHA1.HashData(key, body),
#pragma warning restore CA5350
            SignatureAlgorithm.Sha512 => HMACSHA512.HashData(key, body),
        };
        return (Hex(given) ?? Decode(given)) is { } signature && CryptographicOperations.FixedTimeEquals(signature, expected);
    }

    private static string? Scheme(HttpRequest request, string scheme) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && header.Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase) ? header.Parameter : null;

    private static string? Password(HttpRequest request) =>
        Scheme(request, "Basic") is { } encoded && Decode(encoded) is { } bytes && Encoding.UTF8.GetString(bytes) is var pair
        && pair.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? pair[(colon + 1)..] : null;

    // Hashes first: the comparison takes as long whatever the length.
    private static bool Same(string? given, string secret) => given is not null && CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static byte[]? Hex(string text)
    {
        var bytes = new byte[text.Length / 2];
        return text.Length % 2 == 0 && text.Length > 0
            && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : null;
    }

    private static byte[]? Decode(string? base64)
    {
        var bytes = new byte[(base64?.Length ?? 0) + 4];
        return Convert.TryFromBase64String(base64 ?? "", bytes, out var length) && length > 0 ? bytes[..length] : null;
    }
}
