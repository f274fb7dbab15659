using System.Buffers.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Notify.Admin.Data;

/// <summary>A secret as the store holds it: ciphertext, and the last four characters for people to recognise it by. Only a sender or
/// verifier unprotects it, at use, so that a lost key never breaks a list.</summary>
public sealed record ProtectedString(string Ciphertext, string LastFour)
{
    /// <summary>Printing a secret prints its last four characters.</summary>
    public override string ToString() => $"…{LastFour}";

    internal string ToColumn() => $"{LastFour}:{Ciphertext}";

    // The ciphertext is base64url and so holds no colon; the last four characters may.
    internal static ProtectedString FromColumn(string column)
    {
        var colon = column.LastIndexOf(':');
        return new ProtectedString(column[(colon + 1)..], column[..Math.Max(colon, 0)]);
    }
}

/// <summary>Protects and unprotects the store's secrets.</summary>
public sealed class SecretProtector(IDataProtectionProvider provider)
{
    // Every ciphertext of Data Protection begins with four bytes that say so, and the id of its key.
    private const int MagicLength = 4;
    private const int KeyIdLength = 16;

    private readonly IDataProtector _protector = provider.CreateProtector("Notify.Admin.StoredSecret.v1");

    public ProtectedString Protect(string secret) => new(_protector.Protect(secret), LastFourOf(secret));

    /// <exception cref="SecretUnreadableException">The key that encrypted it is gone.</exception>
    public string Unprotect(ProtectedString secret)
    {
        try
        {
            return _protector.Unprotect(secret.Ciphertext);
        }
        catch (System.Security.Cryptography.CryptographicException e)
        {
            throw new SecretUnreadableException(e);
        }
    }

    /// <summary>The key that new secrets are encrypted with. It changes as the key ring does: every ninety days, or when one is added by
    /// hand.</summary>
    public Guid CurrentKey() => KeyOf(new ProtectedString(_protector.Protect("key"), ""));

    /// <summary>The key that <paramref name="secret"/> was encrypted with; empty where its text is none of ours.</summary>
    public static Guid KeyOf(ProtectedString secret)
    {
        Span<byte> bytes = stackalloc byte[MagicLength + KeyIdLength + 1];
        var head = secret.Ciphertext.AsSpan(0, Math.Min(secret.Ciphertext.Length, Base64Url.GetEncodedLength(bytes.Length)));
        return Base64Url.TryDecodeFromChars(head, bytes, out var length) && length == bytes.Length
            ? new Guid(bytes.Slice(MagicLength, KeyIdLength))
            : Guid.Empty;
    }

    // A short secret must not be given away by its hint.
    private static string LastFourOf(string secret) => secret.Length >= 12 ? secret[^4..] : "••••";
}

/// <summary>A stored secret cannot be decrypted: its data-protection key is lost. The mend is to enter the secret again.</summary>
public sealed class SecretUnreadableException(Exception inner)
    : Exception("A stored secret cannot be read because its data-protection key is missing. Enter the secret again.", inner);
