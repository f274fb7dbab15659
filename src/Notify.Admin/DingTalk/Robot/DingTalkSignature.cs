using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Notify.Admin.DingTalk;

/// <summary>The signature that a robot with the security setting "signature" (加签) wants in the query.</summary>
/// <remarks>Vendor: "Custom robot security settings".</remarks>
/// <param name="Timestamp">Unix time in milliseconds; DingTalk accepts an hour to either side.</param>
/// <param name="Sign">Base64, not percent-encoded.</param>
internal sealed record DingTalkSignature(long Timestamp, string Sign)
{
    /// <summary>The end of the webhook's query, beginning with <c>&amp;</c>. The signature is percent-encoded here, once: encoding it again
    /// is the commonest cause of "sign not match".</summary>
    public string Query => string.Create(CultureInfo.InvariantCulture, $"&timestamp={Timestamp}&sign={Uri.EscapeDataString(Sign)}");

    /// <param name="secret">The secret as the robot's settings show it, whole, with its <c>SEC</c>: it is both key and part of the
    /// message.</param>
    public static DingTalkSignature Create(DateTimeOffset at, string secret)
    {
        var timestamp = at.ToUnixTimeMilliseconds();
        var message = string.Create(CultureInfo.InvariantCulture, $"{timestamp}\n{secret}");
        var sign = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(message));
        return new DingTalkSignature(timestamp, Convert.ToBase64String(sign));
    }
}
