using System.Buffers.Text;
using System.Security.Cryptography;

namespace Notify.Admin.Accounts;

/// <summary>Makes keys, secrets and codes from the system's random numbers.</summary>
internal static class SecretText
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    // Crockford's base 32: no letter that can be taken for a digit.
    private const string Readable = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary><c>nak_</c> and 256 random bits as 43 characters.</summary>
    public static string NewApiKey() => "nak_" + Random256();

    public static string NewAccessKeyId() => "NAKID" + RandomNumberGenerator.GetString(Alphanumeric, 20);

    public static string NewAccessKeySecret() => "nas_" + Random256();

    /// <summary>Twelve readable characters (60 bits) in three groups.</summary>
    public static string NewSetupCode()
    {
        var characters = RandomNumberGenerator.GetString(Readable, 12);
        return $"{characters[..4]}-{characters[4..8]}-{characters[8..]}";
    }

    private static string Random256() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
