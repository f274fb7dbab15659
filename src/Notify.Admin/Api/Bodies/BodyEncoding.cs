using System.IO.Compression;

namespace Notify.Admin.Api;

/// <summary>Undoes the <c>Content-Encoding</c> of a request body.</summary>
internal static class BodyEncoding
{
    /// <summary>The encoding's name; null where the body comes as it is.</summary>
    /// <exception cref="BodyRefusedException">It is not one that is known here, or there are several.</exception>
    public static string? Read(HttpRequest request)
    {
        var encodings = request.Headers.ContentEncoding
            .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(name => name.ToLowerInvariant())
            .Where(name => name != "identity")
            .ToList();
        return encodings switch
        {
            [] => null,
            ["gzip" or "x-gzip" or "deflate" or "br"] => encodings[0],
            _ => throw BodyRefusedException.UnknownEncoding(Shown(string.Join(", ", encodings))),
        };
    }

    /// <summary>The body as it was before it was encoded.</summary>
    /// <param name="encoding">From <see cref="Read"/>.</param>
    public static Stream Open(Stream body, string? encoding) => encoding switch
    {
        null => body,
        "br" => new BrotliStream(body, CompressionMode.Decompress),
        "deflate" => new ZLibStream(body, CompressionMode.Decompress),
        _ => new GZipStream(body, CompressionMode.Decompress),
    };

    // A header's value is repeated in an answer: short, and of letters that stand in names of encodings.
    private static string Shown(string names) =>
        string.Concat(names.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ',' or ' ' ? c : '?'));
}
