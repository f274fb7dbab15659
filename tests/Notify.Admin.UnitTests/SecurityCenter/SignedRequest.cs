using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using Notify.Admin.SecurityCenter;

namespace Notify.Admin.UnitTests.SecurityCenter;

/// <summary>A request of the protocol's vectors (A, unless changed), whose parts a test can change before or after it is signed.</summary>
internal sealed class SignedRequest
{
    public const string Secret = "testsecret";

    public string Method { get; set; } = "POST";

    public string Query { get; set; } = "?CurrentPage=1&PageSize=20";

    public string Body { get; set; } = string.Empty;

    public Dictionary<string, StringValues> Headers { get; } = new()
    {
        ["Host"] = "tds.cn-shanghai.aliyuncs.com",
        ["x-acs-action"] = "DescribeDingTalk",
        ["x-acs-version"] = "2018-12-03",
        ["x-acs-date"] = "2025-01-02T03:04:05Z",
        ["x-acs-signature-nonce"] = "3ee8c1b883d344afa94f4e0ad82fd6cf",
        ["User-Agent"] = "test",
    };

    public static SignedRequest Create(string action, string query) => new() { Query = query, Headers = { ["x-acs-action"] = action } };

    /// <summary>Signs everything that must be signed.</summary>
    public SignedRequest Sign()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Body)));
        Headers["x-acs-content-sha256"] = hash;
        var names = Headers.Keys.Select(name => name.ToLowerInvariant())
            .Where(name => name is "host" or "content-type" || name.StartsWith("x-acs-", StringComparison.Ordinal));
        var signedHeaders = string.Join(';', names.Order(StringComparer.Ordinal));
        var stringToSign = Acs3Signature.StringToSign(Acs3Signature.CanonicalRequest(Read(), signedHeaders, hash));
        Authorize(signedHeaders, Convert.ToHexStringLower(Acs3Signature.Sign(stringToSign, Secret)));
        return this;
    }

    public void Authorize(string signedHeaders, string signature) =>
        Headers["Authorization"] = $"ACS3-HMAC-SHA256 Credential=testid,SignedHeaders={signedHeaders},Signature={signature}";

    public SecurityCenterRequest Read() => SecurityCenterRequest.Read(Method, Query, Headers, Encoding.UTF8.GetBytes(Body));

    public SecurityCenterCall Call() => SecurityCenterCall.Read(Read());

    /// <summary>The code of the refusal, or <c>ok</c>.</summary>
    public string Verdict()
    {
        try
        {
            var call = Call();
            call.Signature.CheckDate(new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero));
            call.Signature.Verify(Secret);
            return "ok";
        }
        catch (CallRefusedException refusal)
        {
            return refusal.Error.Code;
        }
    }
}
