using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Notify.Sandbox.DingTalk;

/// <summary>DingTalk's signature (加签): Base64 of HMAC-SHA256 over "timestamp LF secret", keyed with that same secret.</summary>
public static class RobotSignature
{
    /// <summary>How far the timestamp may be from DingTalk's clock.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);

    /// <summary>The signature before percent-encoding.</summary>
    /// <param name="timestamp">Unix time in milliseconds, in digits.</param>
    /// <param name="secret">The whole secret, <c>SEC</c> included.</param>
    public static string Compute(string timestamp, string secret) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}\n{secret}")));

    internal static bool IsTimely(string timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && Math.Abs(milliseconds - (double)now.ToUnixTimeMilliseconds()) <= Tolerance.TotalMilliseconds;

    internal static bool IsRight(string timestamp, string sign, string secret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sign), Encoding.UTF8.GetBytes(Compute(timestamp, secret)));
}
