using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Notify.Admin.Security;

namespace Notify.Admin.Api;

/// <summary>Reads request bodies up to a limit, so that an endpoint can refuse a larger one in its own shape. What is kept of a body grows
/// with what arrives, whatever was announced, and counts against the <see cref="BodyBudget"/> until the request is answered.</summary>
internal static class RequestBody
{
    /// <summary>The limit of every body that has no limit of its own, in bytes.</summary>
    public const int DefaultLimit = 1024 * 1024;

    private const int FirstChunk = 4 * 1024;
    private const int LargestChunk = 64 * 1024;

    private static readonly TimeSpan AnonymousTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan KnownTime = TimeSpan.FromMinutes(1);

    /// <summary>Reads the body of <paramref name="request"/>, inflated where it is compressed.</summary>
    /// <param name="limit">In bytes, as sent and as inflated.</param>
    /// <param name="isKnown">Whether the sender has shown a good key; null where its claims say so.</param>
    /// <returns>Null when the body is larger than <paramref name="limit"/>: answer 413.</returns>
    /// <exception cref="BodyRefusedException">There is no room for it, it comes too slowly, or its encoding is not known.</exception>
    /// <exception cref="BadHttpRequestException">The client broke off or sent a malformed body.</exception>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken, bool? isKnown = null)
    {
        var encoding = BodyEncoding.Read(request);
        if (request.ContentLength > limit)
        {
            return null;
        }

        var context = request.HttpContext;
        // The limit is kept here: the server's own would end the reading with an exception in the server's shape.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            // The server's limit stays for packed bodies: bytes may be sent without end that inflate to nothing.
            feature.MaxRequestBodySize = encoding is null ? null : limit;
        }

        var isGood = isKnown ?? context.User.HasClaim(claim => claim.Type == NotifyClaims.KeyScope);
        var share = context.RequestServices.GetRequiredService<BodyBudget>().Open(isGood);
        context.Response.RegisterForDispose(share);
        // Whoever has a key is taken at their word; then those that are let in can end.
        if (isGood && request.ContentLength is { } announced && !share.TryHold(announced))
        {
            throw BodyRefusedException.Busy();
        }

        if (encoding is null && TryReadArrived(request, limit, share) is { } arrived)
        {
            return arrived;
        }

        using var patience = new CancellationTokenSource(isGood ? KnownTime : AnonymousTime,
            context.RequestServices.GetRequiredService<TimeProvider>());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await ReadAsync(BodyEncoding.Open(request.Body, encoding), limit, share, stop.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw BodyRefusedException.TooSlow();
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
        catch (Exception e) when (encoding is not null && e is InvalidDataException or InvalidOperationException)
        {
            throw BodyRefusedException.NotEncoded(encoding!);
        }
    }

    // A small body is mostly there with its headers: then there is nothing to wait for, and no patience to keep.
    private static byte[]? TryReadArrived(HttpRequest request, int limit, BodyBudget.Share share)
    {
        if (!request.BodyReader.TryRead(out var result))
        {
            return null;
        }

        var isWhole = result.IsCompleted && result.Buffer.Length <= limit && share.TryHold(result.Buffer.Length);
        var body = isWhole ? result.Buffer.ToArray() : null;
        request.BodyReader.AdvanceTo(isWhole ? result.Buffer.End : result.Buffer.Start);
        return body;
    }

    private static async Task<byte[]?> ReadAsync(Stream body, int limit, BodyBudget.Share share, CancellationToken cancellationToken)
    {
        List<byte[]> full = [];
        byte[]? chunk = null;
        var (length, used) = (0, 0);
        try
        {
            while (true)
            {
                if (chunk is null || used == chunk.Length)
                {
                    var next = chunk is null ? FirstChunk : Math.Min(chunk.Length * 2, LargestChunk);
                    if (!share.TryHold(length + next))
                    {
                        throw BodyRefusedException.Busy();
                    }

                    if (chunk is not null)
                    {
                        full.Add(chunk);
                    }

                    (chunk, used) = (ArrayPool<byte>.Shared.Rent(next), 0);
                }

                var read = await body.ReadAsync(chunk.AsMemory(used), cancellationToken);
                if (read == 0)
                {
                    return Join(full, chunk, used, length);
                }

                used += read;
                length += read;
                if (length > limit)
                {
                    return null;
                }
            }
        }
        finally
        {
            full.ForEach(kept => ArrayPool<byte>.Shared.Return(kept));
            if (chunk is not null)
            {
                ArrayPool<byte>.Shared.Return(chunk);
            }
        }
    }

    private static byte[] Join(List<byte[]> full, byte[] last, int used, int length)
    {
        var body = new byte[length];
        var at = 0;
        foreach (var chunk in full)
        {
            chunk.CopyTo(body, at);
            at += chunk.Length;
        }

        last.AsSpan(0, used).CopyTo(body.AsSpan(at));
        return body;
    }
}
