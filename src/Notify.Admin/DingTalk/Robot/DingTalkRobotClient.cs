using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using Notify.Admin.Channels;
using Notify.Admin.OutgoingCalls;

namespace Notify.Admin.DingTalk;

/// <summary>Posts to a robot's webhook and reads the answer. Whatever the network or the vendor does is a value; only cancellation by the
/// caller is an exception.</summary>
internal sealed class DingTalkRobotClient(HttpClient http, TimeProvider time)
{
    public const int MaxAnswerBytes = 64 * 1024;

    private static readonly MediaTypeHeaderValue Json = new("application/json", "utf-8");

    /// <summary>For the whole exchange, a slowly dripping answer included.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <param name="address">The webhook with token and signature, percent-encoded; a secret.</param>
    public async Task<RobotResponse> PostAsync(Uri address, string json, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)),
        };
        request.Content.Headers.ContentType = Json;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token);
            return await ReadAsync(response, linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new RobotResponse(RobotTrouble.Timeout);
        }
        catch (HttpRequestException exception)
        {
            return new RobotResponse(TroubleOf(exception)) { Detail = DetailOf(exception) };
        }
        catch (IOException exception)
        {
            return new RobotResponse(RobotTrouble.ConnectionLost) { Detail = exception.Message };
        }
    }

    private async Task<RobotResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // Most answers have a few bytes, and one is allowed many: made anew for each, it would be most of what a message costs in memory.
        var buffer = ArrayPool<byte>.Shared.Rent(MaxAnswerBytes + 1);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var length = await stream.ReadAtLeastAsync(
                buffer.AsMemory(0, MaxAnswerBytes + 1), MaxAnswerBytes + 1, throwOnEndOfStream: false, cancellationToken);
            return new RobotResponse(length > MaxAnswerBytes ? RobotTrouble.Unreadable : null)
            {
                Status = response.StatusCode,
                Body = Encoding.UTF8.GetString(buffer, 0, Math.Min(length, MaxAnswerBytes)).TrimStart('\uFEFF'),
                Date = response.Headers.Date,
                RetryAfter = VendorWait.Read(response.Headers, time.GetUtcNow()),
            };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static RobotTrouble TroubleOf(HttpRequestException exception) => exception switch
    {
        { InnerException: AddressRefusedException } => RobotTrouble.AddressRefused,
        { HttpRequestError: HttpRequestError.SecureConnectionError } => RobotTrouble.TlsFailed,
        { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.ProxyTunnelError } => RobotTrouble.ConnectionFailed,
        { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } => RobotTrouble.Unreadable,
        _ => RobotTrouble.ConnectionLost,
    };

    // Messages of the stack below name host and port at most; the innermost says the cause ("Connection refused").
    private static string DetailOf(HttpRequestException exception) => exception.GetBaseException().Message;
}
