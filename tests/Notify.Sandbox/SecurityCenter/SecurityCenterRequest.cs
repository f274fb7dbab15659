using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Notify.Sandbox.SecurityCenter;

/// <summary>A call with the vendor's V3 signature (ACS3-HMAC-SHA256), read but not yet believed.</summary>
internal sealed class SecurityCenterRequest
{
    private const int MostBytes = 1 << 20;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, string> _headers;
    private readonly string _method;
    private readonly string _query;
    private readonly byte[] _body;

    private SecurityCenterRequest(HttpRequest request, byte[] body)
    {
        _method = request.Method;
        _body = body;
        _headers = request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString().Trim());
        var query = QueryHelpers.ParseQuery(request.QueryString.Value);
        _query = string.Join('&', query.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}"));
        var form = request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true
            ? QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)) : [];
        Parameters = query.Concat(form).ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        foreach (var part in Header("authorization").Split(' ', 2)[^1].Split(','))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at > 0)
            {
                Credentials[part[..at].Trim()] = part[(at + 1)..];
            }
        }
    }

    public string Action => Header("x-acs-action");

    public string KeyId => Credentials.GetValueOrDefault("Credential", "");

    public IReadOnlyDictionary<string, string> Parameters { get; }

    private Dictionary<string, string> Credentials { get; } = [];

    public static async Task<SecurityCenterRequest> ReadAsync(HttpContext http) =>
        new(http.Request, await BodyReader.ReadAsync(http.Request, MostBytes, http.RequestAborted));

    /// <summary>Null when it is what the holder of the key signed a moment ago.</summary>
    public Answer? FindRefusal(SandboxAccessKey? key, DateTimeOffset now)
    {
        if (!Header("authorization").StartsWith("ACS3-HMAC-SHA256 ", StringComparison.Ordinal)
            || !Credentials.TryGetValue("SignedHeaders", out var signed) || !Credentials.TryGetValue("Signature", out var signature))
        {
            return SecurityCenterAnswers.Error(400, "IncompleteSignature", "The request signature does not conform to the standards.");
        }

        if (!DateTimeOffset.TryParseExact(Header("x-acs-date"), "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var date) || (date - now).Duration() > Window)
        {
            return SecurityCenterAnswers.Error(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
        }

        if (key is null)
        {
            return SecurityCenterAnswers.Error(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
        }

        if (!key.IsActive)
        {
            return SecurityCenterAnswers.Error(400, "InvalidAccessKeyId.Inactive", "Specified access key is disabled.");
        }

        var names = signed.Split(';');
        var hash = Convert.ToHexStringLower(SHA256.HashData(_body));
        var canonical = string.Join('\n', _method, "/", _query, string.Concat(names.Select(name => $"{name}:{Header(name)}\n")), signed,
            hash);
        var text = $"ACS3-HMAC-SHA256\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var right = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Secret), Encoding.UTF8.GetBytes(text)));
        return right == signature && Header("x-acs-content-sha256") == hash && names.Contains("host") && names.Contains("x-acs-action")
            ? key.Denied.Contains(Action, StringComparer.Ordinal)
                ? SecurityCenterAnswers.Error(403, "NoPermission", "caller has no permission") : null
            : SecurityCenterAnswers.Error(400, "SignatureDoesNotMatch",
                $"Specified signature is not matched with our calculation. server string to sign is:{text}");
    }

    private string Header(string name) => _headers.GetValueOrDefault(name, "");
}
