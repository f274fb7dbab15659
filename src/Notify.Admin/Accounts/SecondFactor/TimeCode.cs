using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Notify.Admin.Accounts;

/// <summary>Codes of authenticator apps: RFC 6238 with SHA-1, 30 seconds and six digits, which is what every app understands.</summary>
internal static class TimeCode
{
    private const int KeyBytes = 20;
    private const int Digits = 6;

    // A clock may be off by one step in either direction.
    private const int Drift = 1;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    /// <summary>A new key, in base 32 as apps take it.</summary>
    public static string NewKey() => RandomNumberGenerator.GetString(Alphabet, KeyBytes * 8 / 5);

    /// <summary>What the QR code says.</summary>
    public static string Address(string key, string email)
    {
        var label = $"Notify.Admin:{email}";
        return $"otpauth://totp/{Uri.EscapeDataString(label)}?secret={key}&issuer=Notify.Admin&digits={Digits}";
    }

    /// <summary>The step whose code was given; null when the code is wrong. The caller refuses a step that was used before.</summary>
    public static long? StepOf(string key, string code, DateTimeOffset now)
    {
        code = string.Concat(code.Where(character => !char.IsWhiteSpace(character)));
        if (code.Length != Digits || !code.All(char.IsAsciiDigit))
        {
            return null;
        }

        var current = now.ToUnixTimeSeconds() / (long)Step.TotalSeconds;
        long? found = null;
        for (var step = current - Drift; step <= current + Drift; step++)
        {
            // All are compared, in constant time each.
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(At(key, step)), Encoding.ASCII.GetBytes(code)))
            {
                found = step;
            }
        }

        return found;
    }

    /// <summary>The code of one step.</summary>
    public static string At(string key, long step)
    {
        Span<byte> message = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(message, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // RFC 6238's default; what apps support. HMAC does not rest on the collision resistance of SHA-1.
        HMACSHA1.HashData(Bytes(key), message, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0x0F)..]) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    public static long StepAt(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    private static byte[] Bytes(string key)
    {
        var bytes = new List<byte>(KeyBytes);
        var (buffer, bits) = (0, 0);
        foreach (var character in key)
        {
            buffer = ((buffer << 5) | Alphabet.IndexOf(character, StringComparison.Ordinal)) & 0xFFF;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
            }
        }

        return [.. bytes];
    }
}
