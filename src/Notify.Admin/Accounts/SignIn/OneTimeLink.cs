using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Notify.Admin.Accounts;

/// <summary>The link by which a person sets a password: on invitation, or when it is forgotten. It ends with its use, with the next link,
/// and after <see cref="Lifetime"/>.</summary>
internal static class OneTimeLink
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    /// <summary>A new link, relative to the product's address; earlier ones, and all sessions of the account, end.</summary>
    public static async Task<string> CreateAsync(UserManager<AdminUser> users, AdminUser user)
    {
        (await users.UpdateSecurityStampAsync(user)).ThrowIfFailed();
        var token = await users.GeneratePasswordResetTokenAsync(user);
        return $"Account/Accept?user={Uri.EscapeDataString(user.Id)}&code={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token))}";
    }

    public static async Task<bool> IsValidAsync(UserManager<AdminUser> users, AdminUser user, string code) =>
        TokenOf(code) is { Length: > 0 } token
        && await users.VerifyUserTokenAsync(user, users.Options.Tokens.PasswordResetTokenProvider,
            UserManager<AdminUser>.ResetPasswordTokenPurpose, token);

    /// <summary>Identity's token inside a link's code; empty when the code is malformed.</summary>
    public static string TokenOf(string code) => Base64Url.IsValid(code) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(code)) : "";
}
