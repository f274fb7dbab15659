using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Notify.Admin.OutgoingCalls;
using Notify.Admin.SecurityCenter;

namespace Notify.Admin.VendorAccounts;

/// <summary>Calls Security Center, signed with ACS3-HMAC-SHA256. Whatever the network or the vendor does is a value; only cancellation by
/// the caller is an exception.</summary>
internal sealed class SecurityCenterClient(HttpClient http, TimeProvider time)
{
    public const string Version = "2018-12-03";

    /// <summary>A hundred alerts with their details take a tenth of it.</summary>
    private const int MaxAnswerBytes = 8 * 1024 * 1024;

    private static readonly string EmptyBody = Convert.ToHexStringLower(SHA256.HashData([]));

    /// <summary>For the whole exchange, a slowly dripping answer included.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <param name="action">The operation: <c>DescribeDingTalk</c>.</param>
    public async Task<VendorAnswer> CallAsync(SecurityCenterKey key, string action, IReadOnlyDictionary<string, string> parameters,
        CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var request = Sign(key, action, parameters);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token);
            return await ReadAsync(response, key, linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new VendorAnswer(VendorCodes.Timeout);
        }
        catch (HttpRequestException e)
        {
            // Messages of the stack below name host and port at most; the innermost says the cause ("Connection refused").
            return new VendorAnswer(CodeOf(e)) { Message = e.GetBaseException().Message };
        }
        catch (IOException e)
        {
            return new VendorAnswer(VendorCodes.ConnectionLost) { Message = e.Message };
        }
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

    private static async Task<VendorAnswer> ReadAsync(HttpResponseMessage response, SecurityCenterKey key,
        CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var chunk = new byte[32 * 1024];
        int read;
        while (body.Length <= MaxAnswerBytes && (read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            body.Write(chunk, 0, read);
        }

        return body.Length > MaxAnswerBytes ? new VendorAnswer(VendorCodes.Unreadable) { Status = (int)response.StatusCode }
            : VendorAnswerReader.Read(response.StatusCode, response.Headers, body.ToArray(), key);
    }

    private static string CodeOf(HttpRequestException exception) => exception switch
    {
        { InnerException: AddressRefusedException } => VendorCodes.AddressRefused,
        { HttpRequestError: HttpRequestError.SecureConnectionError } => VendorCodes.TlsFailed,
        { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.ProxyTunnelError } => VendorCodes.Unreachable,
        { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } => VendorCodes.Unreadable,
        _ => VendorCodes.ConnectionLost,
    };
}
