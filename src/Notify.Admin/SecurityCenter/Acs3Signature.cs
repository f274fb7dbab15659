using System.Security.Cryptography;
using System.Text;

namespace Notify.Admin.SecurityCenter;

/// <summary>ACS3-HMAC-SHA256, the signature in the <c>Authorization</c> header.</summary>
/// <remarks>Vendor: "V3 request structure and signature".</remarks>
internal sealed class Acs3Signature : CallSignature
{
    public const string Algorithm = "ACS3-HMAC-SHA256";

    private const string NonceHeader = "x-acs-signature-nonce";
    private const string DateHeader = "x-acs-date";
    private const string ContentHashHeader = "x-acs-content-sha256";

    private readonly SecurityCenterRequest _request;
    private readonly string _signedHeaders;
    private readonly byte[]? _signature;

    private Acs3Signature(SecurityCenterRequest request, string accessKeyId, string signedHeaders, string signature)
        : base(accessKeyId, Required(request, NonceHeader), ReadDate(DateHeader, Required(request, DateHeader)))
    {
        _request = request;
        _signedHeaders = signedHeaders;
        _signature = ReadHex(signature);
        Required(request, ContentHashHeader);
        CheckCoverage(signedHeaders.Split(';'));
    }

    public static bool IsUsedBy(SecurityCenterRequest request) =>
        request.Header("authorization")?.StartsWith("ACS3-", StringComparison.Ordinal) == true;

    /// <summary>Reads <c>ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…</c>; throws <c>IncompleteSignature</c> where something
    /// is missing or not covered by the signature.</summary>
    public static Acs3Signature Read(SecurityCenterRequest request)
    {
        var authorization = request.Header("authorization")!;
        var space = authorization.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || authorization[..space] != Algorithm)
        {
            throw Incomplete($"the algorithm must be {Algorithm}");
        }

        var parts = authorization[(space + 1)..].Split(',', StringSplitOptions.TrimEntries);
        return new Acs3Signature(request, Part(parts, "Credential"), Part(parts, "SignedHeaders"), Part(parts, "Signature"));
    }

    public override void Verify(string secret)
    {
        // The header is part of what is signed; that it tells the truth about the body is checked here.
        var hash = Convert.ToHexStringLower(SHA256.HashData(_request.Body));
        var canonical = CanonicalRequest(_request, _signedHeaders, hash);
        var stringToSign = StringToSign(canonical);
        if (_request.Header(ContentHashHeader) != hash)
        {
            throw new CallRefusedException(SecurityCenterError.SignatureMismatch($"{stringToSign} (the body's SHA-256 is {hash})"));
        }

        Compare(Sign(stringToSign, secret), _signature, stringToSign);
    }

    /// <param name="signedHeaders">Names in lower case, joined by <c>;</c>, as the caller listed them.</param>
    /// <param name="bodyHash">SHA-256 of the body, lower-case hexadecimal.</param>
    public static string CanonicalRequest(SecurityCenterRequest request, string signedHeaders, string bodyHash)
    {
        var headers = string.Concat(signedHeaders.Split(';').Order(StringComparer.Ordinal)
            .Select(name => $"{name}:{request.Header(name)}\n"));
        return string.Join('\n', request.Method, "/", CanonicalEncoding.Query(request.Query), headers, signedHeaders, bodyHash);
    }

    public static string StringToSign(string canonicalRequest) =>
        $"{Algorithm}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)))}";

    public static byte[] Sign(string stringToSign, string secret) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(stringToSign));

    private void CheckCoverage(string[] signed)
    {
        if (signed.Distinct(StringComparer.Ordinal).Count() != signed.Length)
        {
            throw Incomplete("SignedHeaders names a header twice");
        }

        if (Array.Find(signed, name => name.Length == 0 || name.Any(char.IsUpper) || _request.Header(name) is null) is { } absent)
        {
            throw Incomplete($"SignedHeaders names '{SecurityCenterError.Shorten(absent)}', which the request does not have in that spelling");
        }

        var must = _request.HeaderNames
            .Where(name => name == "host" || name.StartsWith("x-acs-", StringComparison.Ordinal)
                || (name == "content-type" && _request.Body.Length > 0))
            .Append("host");
        if (must.FirstOrDefault(name => !signed.Contains(name, StringComparer.Ordinal)) is { } uncovered)
        {
            throw Incomplete($"the header {SecurityCenterError.Shorten(uncovered)} must be signed");
        }
    }

    private static string Part(string[] parts, string name)
    {
        var found = parts.Where(part => part.StartsWith(name + "=", StringComparison.Ordinal)).ToList();
        return found.Count == 1 && found[0].Length > name.Length + 1
            ? found[0][(name.Length + 1)..]
            : throw Incomplete($"the Authorization header must have one {name}");
    }

    private static string Required(SecurityCenterRequest request, string header) =>
        request.Header(header) is { Length: > 0 } value ? value : throw Incomplete($"the header {header} is required");

    private static byte[]? ReadHex(string text)
    {
        var bytes = new byte[32];
        return text.Length == 64 && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : null;
    }

    private static CallRefusedException Incomplete(string reason) => new(SecurityCenterError.Incomplete(reason));
}
