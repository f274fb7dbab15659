using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Notify.Admin.SecurityCenter;

/// <summary>The older signature among the parameters: HMAC-SHA1 over query and form parameters together.</summary>
/// <remarks>Vendor: "Signature mechanism" of RPC style operations. SHA-1 is the vendor's choice; as an HMAC it is not broken.</remarks>
internal sealed class RpcSignature : CallSignature
{
    public const string Method = "HMAC-SHA1";

    private const string SignatureName = "Signature";

    private readonly string _stringToSign;
    private readonly byte[]? _signature;

    private RpcSignature(SecurityCenterRequest request, IReadOnlyDictionary<string, string> parameters)
        : base(Required(parameters, "AccessKeyId"), Required(parameters, "SignatureNonce"),
            ReadDate("Timestamp", Required(parameters, "Timestamp")))
    {
        if (Required(parameters, "SignatureMethod") != Method)
        {
            throw new CallRefusedException(SecurityCenterError.Invalid("SignatureMethod", $"it must be {Method}"));
        }

        if (Required(parameters, "SignatureVersion") != "1.0")
        {
            throw new CallRefusedException(SecurityCenterError.Invalid("SignatureVersion", "it must be 1.0"));
        }

        _signature = ReadBase64(Required(parameters, SignatureName));
        _stringToSign = StringToSign(request.Method, parameters);
    }

    /// <summary>Throws <c>Missing…</c> where one of the method's parameters is absent.</summary>
    /// <param name="parameters">Of query and form together.</param>
    public static RpcSignature Read(SecurityCenterRequest request, IReadOnlyDictionary<string, string> parameters) =>
        new(request, parameters);

    // Unlike the other method's, this string repeats every parameter, webhooks included: it is not sent back.
    public override void Verify(string secret) => Compare(Sign(_stringToSign, secret), _signature, stringToSign: null);

    public static string StringToSign(string method, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var query = CanonicalEncoding.Query(parameters.Where(parameter => parameter.Key != SignatureName));
        return $"{method}&%2F&{CanonicalEncoding.Encode(query)}";
    }

    [SuppressMessage("Security", "CA5350", Justification = "The vendor's clients sign with it.")]
    public static byte[] Sign(string stringToSign, string secret) =>
        HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret + "&"), Encoding.UTF8.GetBytes(stringToSign));

    private static string Required(IReadOnlyDictionary<string, string> parameters, string name) =>
        parameters.TryGetValue(name, out var value) && value.Length > 0
            ? value : throw new CallRefusedException(SecurityCenterError.Missing(name));

    private static byte[]? ReadBase64(string text)
    {
        var bytes = new byte[20];
        return text.Length == 28 && Convert.TryFromBase64String(text, bytes, out var length) && length == bytes.Length ? bytes : null;
    }
}
