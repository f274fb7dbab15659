using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Notify.Admin.Sources;

/// <summary>DingTalk's signature: Base64 of HMAC-SHA256 over <c>timestamp LF secret</c>, keyed with the same secret. It covers no body:
/// <see cref="RobotIntake"/> refuses a message that comes with it again.</summary>
internal static class RobotSignature
{
    /// <summary>How far a timestamp may be from the clock here, as at DingTalk.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);

    /// <returns>Null where it is right.</returns>
    public static SourceRefusal? Check(HttpRequest request, string secret, DateTimeOffset now)
    {
        var (timestamp, sign) = (request.Query["timestamp"].ToString(), request.Query["sign"].ToString());
        if (timestamp.Length == 0 || sign.Length == 0)
        {
            return SourceRefusal.Proof("SignMissing");
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            || Math.Abs(milliseconds - (double)now.ToUnixTimeMilliseconds()) > Tolerance.TotalMilliseconds)
        {
            return SourceRefusal.Timestamp;
        }

        var expected = Convert.ToBase64String(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}\n{secret}")));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sign), Encoding.UTF8.GetBytes(expected)) ? null
            : SourceRefusal.Proof("SignWrong");
    }
}
