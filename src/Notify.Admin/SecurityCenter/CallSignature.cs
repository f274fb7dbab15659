using System.Globalization;
using System.Security.Cryptography;

namespace Notify.Admin.SecurityCenter;

/// <summary>What a request claims about who signed it, and the check of that claim.</summary>
internal abstract class CallSignature
{
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(15);

    private const int MaxNonce = 128;
    private const int MaxAccessKeyId = 128;

    protected CallSignature(string accessKeyId, string nonce, DateTimeOffset signedAt)
    {
        AccessKeyId = accessKeyId.Length <= MaxAccessKeyId ? accessKeyId
            : throw new CallRefusedException(SecurityCenterError.UnknownAccessKey);
        Nonce = nonce.Length <= MaxNonce && !nonce.Any(char.IsControl) && nonce == nonce.Trim()
            ? nonce
            : throw new CallRefusedException(SecurityCenterError.Incomplete($"the signature nonce may have {MaxNonce} printable characters"));
        SignedAt = signedAt;
    }

    public string AccessKeyId { get; }

    /// <summary>At most 128 characters; to be accepted once for each access key.</summary>
    public string Nonce { get; }

    public DateTimeOffset SignedAt { get; }

    /// <summary>Throws <c>InvalidTimeStamp.Expired</c> where the date is more than 15 minutes from <paramref name="now"/>.</summary>
    public void CheckDate(DateTimeOffset now)
    {
        if ((now - SignedAt).Duration() > MaxSkew)
        {
            throw new CallRefusedException(SecurityCenterError.TimestampExpired);
        }
    }

    /// <summary>Throws <c>SignatureDoesNotMatch</c> unless the request was signed with <paramref name="secret"/>; compares in constant
    /// time.</summary>
    public abstract void Verify(string secret);

    protected static void Compare(byte[] expected, byte[]? given, string? stringToSign)
    {
        if (given is null || !CryptographicOperations.FixedTimeEquals(expected, given))
        {
            throw new CallRefusedException(SecurityCenterError.SignatureMismatch(stringToSign));
        }
    }

    protected static DateTimeOffset ReadDate(string name, string value) =>
        DateTimeOffset.TryParseExact(
            value, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : throw new CallRefusedException(SecurityCenterError.TimestampFormat(name));
}
