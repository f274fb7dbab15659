using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Notify.Sandbox.Sources;

/// <summary>What was answered.</summary>
/// <param name="Status">0 where nobody did.</param>
/// <param name="Body">The beginning of it, or why there is none.</param>
internal sealed record SourceAnswer(int Status, string Body, long Milliseconds, string Payload);

/// <summary>Posts a payload to a source as its tool would.</summary>
internal static class SourceSender
{
    private const int LongestBody = 2000;

    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(20),
    };

    /// <param name="secret">What the source asks for besides the key in its address, as the tool can give it: GitHub signs the body,
    /// DingTalk's senders sign the address, others send a Bearer token.</param>
    public static async Task<SourceAnswer> SendAsync(
        SourcePayload payload, Uri address, string? secret, CancellationToken cancellationToken)
    {
        var body = payload.Next();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(payload.ContentType);
        foreach (var (name, value) in payload.Headers)
        {
            request.Headers.Add(name, value);
        }

        if (!string.IsNullOrEmpty(secret))
        {
            Prove(payload.Kind, request, body, secret);
        }

        var began = Stopwatch.GetTimestamp();
        try
        {
            using var response = await Client.SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            return new SourceAnswer((int)response.StatusCode, answer[..Math.Min(answer.Length, LongestBody)], Since(began), body);
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return new SourceAnswer(0, problem.Message, Since(began), body);
        }
    }

    private static long Since(long began) => (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds;

    private static void Prove(string kind, HttpRequestMessage request, string body, string secret)
    {
        var key = Encoding.UTF8.GetBytes(secret);
        switch (kind)
        {
            case "github":
                request.Headers.Add("X-Hub-Signature-256",
                    $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(body)))}");
                break;
            case "dingtalk-robot":
                var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
                var sign = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{timestamp}\n{secret}")));
                request.RequestUri = new Uri($"{request.RequestUri}&timestamp={timestamp}&sign={Uri.EscapeDataString(sign)}");
                break;
            default:
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
                break;
        }
    }
}
