using System.Text;

namespace Notify.Admin.Events;

/// <summary>Reads the attributes of an event in binary mode out of the <c>ce-</c> headers.</summary>
/// <remarks>Source: CloudEvents 1.0.2, HTTP protocol binding, section 3.1.3.</remarks>
internal static class CloudEventHeaders
{
    public const string Prefix = "ce-";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A header's value as the attribute it stands for: quoted strings unescaped, then percent-decoded, once.</summary>
    /// <returns>Null where the decoded bytes are not UTF-8.</returns>
    public static string? Decode(string value)
    {
        var unquoted = Unquote(value);
        if (!unquoted.Contains('%', StringComparison.Ordinal))
        {
            return unquoted;
        }

        var bytes = new List<byte>(unquoted.Length);
        for (var i = 0; i < unquoted.Length; i++)
        {
            if (unquoted[i] == '%' && i + 2 < unquoted.Length
                && char.IsAsciiHexDigit(unquoted[i + 1]) && char.IsAsciiHexDigit(unquoted[i + 2]))
            {
                bytes.Add(Convert.FromHexString(unquoted.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                var width = char.IsHighSurrogate(unquoted[i]) && i + 1 < unquoted.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(unquoted, i, width));
                i += width - 1;
            }
        }

        try
        {
            return StrictUtf8.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // Earlier senders quoted what has spaces: RFC 7230, section 3.2.6.
    private static string Unquote(string value)
    {
        if (value.Length < 2 || value[0] != '"' || value[^1] != '"')
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        for (var i = 1; i < value.Length - 1; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length - 1)
            {
                i++;
            }

            text.Append(value[i]);
        }

        return text.ToString();
    }
}
