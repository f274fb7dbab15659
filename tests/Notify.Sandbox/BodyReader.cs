namespace Notify.Sandbox;

/// <summary>Reads a request body into memory.</summary>
internal static class BodyReader
{
    /// <returns>The whole body, or its first <paramref name="most"/> + 1 bytes when it is longer.</returns>
    public static async Task<byte[]> ReadAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream((int)Math.Min(request.ContentLength ?? 1024, most));
        var buffer = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            bytes.Write(buffer, 0, (int)Math.Min(read, most + 1 - bytes.Length));
            if (bytes.Length > most)
            {
                break;
            }
        }

        return bytes.ToArray();
    }
}
