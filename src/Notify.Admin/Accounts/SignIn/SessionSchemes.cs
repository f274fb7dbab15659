using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Notify.Admin.Accounts;

/// <summary>Looks for a session only in requests with a cookie. Programs send none and show a key instead: looking for their session takes
/// a twentieth of what a single event costs.</summary>
internal sealed class SessionSchemes(IOptions<AuthenticationOptions> options, IHttpContextAccessor accessor)
    : AuthenticationSchemeProvider(options)
{
    private static readonly Task<AuthenticationScheme?> None = Task.FromResult<AuthenticationScheme?>(null);

    public override Task<AuthenticationScheme?> GetDefaultAuthenticateSchemeAsync() =>
        accessor.HttpContext is { Request.Headers.Cookie.Count: 0 } ? None : base.GetDefaultAuthenticateSchemeAsync();
}
