using System.Net.Mail;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>Why a password is refused.</summary>
public enum PasswordRefusal
{
    TooShort = 1,
    TooLong = 2,

    /// <summary>Too few different characters, or the e-mail address itself.</summary>
    TooPlain = 3,
}

/// <summary>What e-mail addresses and passwords must be. Length is asked for, not a mix of character classes, which makes passwords harder
/// to remember rather than to guess (NIST SP 800-63B).</summary>
internal static class AccountRules
{
    public const int ShortestPassword = 12;

    // A longer one would only make the hashing expensive.
    public const int LongestPassword = 256;

    public const int LongestEmail = 254;

    private const int LeastDifferentCharacters = 5;

    public static bool IsEmail(string text) =>
        text.Length is > 2 and <= LongestEmail
        && PlainText.IsLine(text) && !text.Any(char.IsWhiteSpace)
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text;

    /// <returns>Null when the password may be used.</returns>
    public static PasswordRefusal? RefusalOfPassword(string password, string email) => password switch
    {
        { Length: < ShortestPassword } => PasswordRefusal.TooShort,
        { Length: > LongestPassword } => PasswordRefusal.TooLong,
        _ when password.Distinct().Count() < LeastDifferentCharacters => PasswordRefusal.TooPlain,
        _ when password.Trim().Equals(email.Trim(), StringComparison.OrdinalIgnoreCase) => PasswordRefusal.TooPlain,
        _ => null,
    };
}
