using Notify.Admin.OutgoingCalls;

namespace Notify.Admin.VendorAccounts;

/// <summary>One call to a vendor, and its answer. Whatever the network or the vendor does is a value; only cancellation by the caller is an
/// exception.</summary>
internal sealed class VendorClient(HttpClient http, TimeProvider time)
{
    /// <summary>For the whole client, a slowly dripping answer included.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <param name="longest">A longer answer is not read.</param>
    /// <param name="read">What the vendor says with it.</param>
    public async Task<VendorAnswer> SendAsync(HttpRequestMessage request, int longest, Func<HttpResponseMessage, byte[], VendorAnswer> read,
        CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token);
            return await ReadAsync(response, longest, linked.Token) is { } body ? read(response, body)
                : new VendorAnswer(VendorCodes.Unreadable) { Status = (int)response.StatusCode };
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

    private static async Task<byte[]?> ReadAsync(HttpResponseMessage response, int longest, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var chunk = new byte[32 * 1024];
        int read;
        while (body.Length <= longest && (read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            body.Write(chunk, 0, read);
        }

        return body.Length > longest ? null : body.ToArray();
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
