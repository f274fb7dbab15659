using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Notify.Admin.Api;

/// <summary>Reads request bodies up to a limit, so that an endpoint can refuse a larger one in its own shape.</summary>
internal static class RequestBody
{
    /// <summary>The limit of every body that has no limit of its own, in bytes.</summary>
    public const int DefaultLimit = 1024 * 1024;

    /// <summary>Reads the body of <paramref name="request"/>.</summary>
    /// <param name="limit">In bytes.</param>
    /// <returns>Null when the body is larger than <paramref name="limit"/>: answer 413.</returns>
    /// <exception cref="BadHttpRequestException">The client broke off or sent a malformed body.</exception>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        // The limit is kept here: the server's own would end the reading with an exception in the server's shape.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null;
        }

        var body = new ArrayBufferWriter<byte>((int)Math.Min(request.ContentLength ?? 4096, limit) + 1);
        while (true)
        {
            var read = await request.Body.ReadAsync(body.GetMemory(), cancellationToken);
            if (read == 0)
            {
                return body.WrittenSpan.ToArray();
            }

            body.Advance(read);
            if (body.WrittenCount > limit)
            {
                return null;
            }
        }
    }
}
