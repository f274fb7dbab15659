using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Notify.Admin.Accounts;

/// <summary>Remembers browsers in which a person has logged in before. Their failures are counted by themselves, so that a stranger who
/// fails on purpose, for every account or from the same network, locks nobody out of their own browser. Such a browser still needs the
/// password.</summary>
internal sealed class KnownBrowsers(IDataProtectionProvider protection, ILookupNormalizer normalizer)
{
    private const string CookieName = "notify.browser";
    private const char Separator = '\n';

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(180);

    private readonly IDataProtector _protector = protection.CreateProtector("Notify.Admin.KnownBrowser.v1");

    /// <summary>The name under which failures of this browser are counted; null where <paramref name="email"/> has never logged in with
    /// it.</summary>
    public string? Find(HttpContext context, string email)
    {
        if (context.Request.Cookies[CookieName] is not { Length: > 0 } cookie)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(cookie).Split(Separator) is [var known, var id] && known == normalizer.NormalizeEmail(email)
                ? $"browser:{id}" : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Remembers the browser of the current request, after a complete log-in.</summary>
    public void Remember(HttpContext context, string email) =>
        context.Response.Cookies.Append(CookieName, _protector.Protect($"{normalizer.NormalizeEmail(email)}{Separator}{Guid.NewGuid():N}"),
            new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = KeptFor,
            Path = $"{context.Request.PathBase}/Account",
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
}
