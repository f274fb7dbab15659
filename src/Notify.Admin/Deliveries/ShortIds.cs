using System.Security.Cryptography;
using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>The short ids that messages show, so that people can tell a repeat from a second event.</summary>
public static class ShortIds
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A delivery's id in Crockford's base 32: <c>D-1Z4K</c>. The same delivery always shows the same.</summary>
    public static string OfDelivery(long id)
    {
        Span<char> digits = stackalloc char[13];
        var at = digits.Length;
        do
        {
            digits[--at] = Alphabet[(int)(id % 32)];
            id /= 32;
        }
        while (id > 0);

        return $"D-{digits[at..]}";
    }

    /// <summary>Reads a delivery's short id as people type it; null when it is none.</summary>
    public static long? ToDelivery(string text)
    {
        if (text.Length is < 3 or > 14 || !text.StartsWith("D-", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        long id = 0;
        foreach (var c in text.AsSpan(2))
        {
            var digit = Alphabet.IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal);
            if (digit < 0 || id > (long.MaxValue >> 5))
            {
                return null;
            }

            id = (id * 32) + digit;
        }

        return id;
    }

    /// <summary>A new id for a message that is more than one delivery, or none: <c>T-…</c> test, <c>G-…</c> digest, <c>X-…</c>
    /// drill, <c>R-…</c> revision.</summary>
    public static string New(MessagePurpose purpose)
    {
        var prefix = purpose switch
        {
            MessagePurpose.Test => 'T',
            MessagePurpose.Digest => 'G',
            MessagePurpose.Drill => 'X',
            MessagePurpose.Event => 'D',
            MessagePurpose.Revision => 'R',
        };
        return $"{prefix}-{RandomNumberGenerator.GetString(Alphabet, 7)}";
    }
}
