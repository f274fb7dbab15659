using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Notify.Admin.DingTalk;

/// <summary>The signature that a robot with the security setting "sign" (加签) wants in the query.</summary>
/// <remarks>Vendor: "Custom robot security settings". The secret is both the key and part of the message, whole, with its <c>SEC</c>.</remarks>
internal static class DingTalkSignature
{
    /// <param name="timestamp">Unix time in milliseconds; DingTalk accepts an hour to either side.</param>
    /// <param name="secret">The secret as the robot's settings show it.</param>
    /// <returns>Base64, not percent-encoded.</returns>
    public static string Compute(long timestamp, string secret) =>
        Convert.ToBase64String(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(secret),
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{timestamp}\n{secret}"))));

    /// <summary>The end of the query, beginning with <c>&amp;</c>. The signature is percent-encoded here, once: encoding it again is the
    /// commonest cause of "sign not match".</summary>
    public static string Query(long timestamp, string secret) =>
        string.Create(CultureInfo.InvariantCulture, $"&timestamp={timestamp}&sign={Uri.EscapeDataString(Compute(timestamp, secret))}");
}
