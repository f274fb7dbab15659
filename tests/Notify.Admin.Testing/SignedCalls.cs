using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Notify.Admin.SecurityCenter;

namespace Notify.Admin.Testing;

/// <summary>Requests of the Security Center API with good signatures of both kinds, for tests that go on to spoil them.</summary>
public static class SignedCalls
{
    private const string Version = SecurityCenterOperations.Version;

    /// <summary>The query of a call with the older signature, which stands among the parameters.</summary>
    /// <param name="method">GET or POST.</param>
    /// <returns>With its question mark.</returns>
    public static string RpcQuery(string method, string action, string id, string secret, DateTimeOffset now,
        IEnumerable<KeyValuePair<string, string>>? parameters = null)
    {
        var all = new Dictionary<string, string>(parameters ?? [])
        {
            ["Action"] = action,
            ["Version"] = Version,
            ["AccessKeyId"] = id,
            ["SignatureMethod"] = RpcSignature.Method,
            ["SignatureVersion"] = "1.0",
            ["SignatureNonce"] = Guid.NewGuid().ToString("N"),
            ["Timestamp"] = Time(now),
        };
        all["Signature"] = Convert.ToBase64String(RpcSignature.Sign(RpcSignature.StringToSign(method, all), secret));
        return Query(all);
    }

    /// <summary>A POST with the newer signature, which stands in a header and covers the body.</summary>
    /// <param name="form">The form body; empty sends none.</param>
    public static HttpRequestMessage Acs3(Uri server, string action, string id, string secret, DateTimeOffset now, string form = "")
    {
        var body = Encoding.UTF8.GetBytes(form);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = server.Authority,
            ["x-acs-action"] = action,
            ["x-acs-content-sha256"] = hash,
            ["x-acs-date"] = Time(now),
            ["x-acs-signature-nonce"] = Guid.NewGuid().ToString("N"),
            ["x-acs-version"] = Version,
        };
        if (form.Length > 0)
        {
            headers["content-type"] = "application/x-www-form-urlencoded";
        }

        var signed = string.Join(';', headers.Keys);
        var read = SecurityCenterRequest.Read("POST", "",
            headers.ToDictionary(header => header.Key, header => new Microsoft.Extensions.Primitives.StringValues(header.Value),
            StringComparer.OrdinalIgnoreCase), body);
        var signature = Convert.ToHexStringLower(Acs3Signature.Sign(Acs3Signature.StringToSign(Acs3Signature.CanonicalRequest(read, signed,
            hash)), secret));
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, "/")) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        request.Headers.TryAddWithoutValidation("Authorization",
            $"ACS3-HMAC-SHA256 Credential={id},SignedHeaders={signed},Signature={signature}");
        return request;
    }

    private static string Query(IEnumerable<KeyValuePair<string, string>> parameters) =>
        $"?{string.Join('&', parameters.Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}"))}";

    private static string Time(DateTimeOffset now) => now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
