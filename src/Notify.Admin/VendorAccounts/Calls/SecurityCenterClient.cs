using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Notify.Admin.SecurityCenter;

namespace Notify.Admin.VendorAccounts;

/// <summary>Calls Security Center, signed with ACS3-HMAC-SHA256.</summary>
internal sealed class SecurityCenterClient(VendorClient client, TimeProvider time)
{
    public const string Version = "2018-12-03";

    /// <summary>A hundred alerts with their details take a tenth of it.</summary>
    private const int MaxAnswerBytes = 8 * 1024 * 1024;

    private static readonly string EmptyBody = Convert.ToHexStringLower(SHA256.HashData([]));

    /// <param name="action">The operation: <c>DescribeDingTalk</c>.</param>
    public async Task<VendorAnswer> CallAsync(SecurityCenterKey key, string action, IReadOnlyDictionary<string, string> parameters,
        CancellationToken cancellationToken)
    {
        using var request = Sign(key, action, parameters);
        return await client.SendAsync(request, MaxAnswerBytes,
            (response, body) => VendorAnswerReader.Read(response.StatusCode, response.Headers, body, key, time.GetUtcNow()),
            cancellationToken);
    }

    internal HttpRequestMessage Sign(SecurityCenterKey key, string action, IReadOnlyDictionary<string, string> parameters)
    {
        Dictionary<string, StringValues> headers = new()
        {
            ["host"] = key.Endpoint.Authority,
            ["x-acs-action"] = action,
            ["x-acs-version"] = Version,
            ["x-acs-date"] = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["x-acs-signature-nonce"] = Guid.NewGuid().ToString("N"),
            ["x-acs-content-sha256"] = EmptyBody,
        };
        if (key.SecurityToken is { } token)
        {
            headers["x-acs-accesskey-id"] = key.AccessKeyId;
            headers["x-acs-security-token"] = token;
        }

        var query = CanonicalEncoding.Query(parameters);
        var signed = string.Join(';', headers.Keys.Order(StringComparer.Ordinal));
        var canonical = Acs3Signature.CanonicalRequest(SecurityCenterRequest.Read("POST", query, headers, []), signed, EmptyBody);
        var signature = Convert.ToHexStringLower(Acs3Signature.Sign(Acs3Signature.StringToSign(canonical), key.Secret));

        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{key.Endpoint.GetLeftPart(UriPartial.Authority)}/?{query}"));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value.ToString());
        }

        request.Headers.TryAddWithoutValidation("accept", "application/json");
        request.Headers.TryAddWithoutValidation("authorization",
            $"{Acs3Signature.Algorithm} Credential={key.AccessKeyId},SignedHeaders={signed},Signature={signature}");
        return request;
    }
}
