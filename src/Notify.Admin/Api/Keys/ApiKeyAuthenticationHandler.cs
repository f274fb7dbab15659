using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Notify.Admin.Security;

namespace Notify.Admin.Api;

/// <summary>Authenticates <c>Authorization: Bearer</c> keys, and refuses with problem details.</summary>
internal sealed class ApiKeyAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyService keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";

    private ApiKeyResult? _result;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (KeyOf(Request) is not { } key)
        {
            return AuthenticateResult.NoResult();
        }

        _result = Context.Features.Get<ApiKeyResult>()
            ?? await keys.AuthenticateAsync(key, ClientAddress.Of(Context), Context.RequestAborted);
        return _result.Caller is { } caller
            ? AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(caller, Context), Scheme.Name))
            : AuthenticateResult.Fail("The key was not accepted.");
    }

    /// <summary>The key of a request's header; null where there is none.</summary>
    public static string? KeyOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? header[Prefix.Length..].Trim() : null;

    /// <summary>The owner of a good key, as policies and services read it.</summary>
    public static ClaimsPrincipal PrincipalOf(ApiCaller caller, HttpContext context)
    {
        var identity = new ClaimsIdentity(ApiPolicies.KeyScheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, caller.Actor.UserId ?? ""));
        identity.AddClaim(new Claim(ClaimTypes.Name, caller.Actor.Name));
        if (caller.Actor.Role is { } role)
        {
            identity.AddClaim(new Claim(ClaimTypes.Role, role));
        }

        identity.AddClaim(new Claim(NotifyClaims.KeyScope, caller.IsFull ? ApiPolicies.FullScope : ApiPolicies.IngestScope));
        identity.AddClaim(new Claim(NotifyClaims.KeyId, caller.KeyId.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new Claim(NotifyClaims.Address, ClientAddress.Of(context)));
        return new ClaimsPrincipal(identity);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        switch (_result?.Verdict)
        {
            case KeyVerdict.Throttled:
                return Problems.WriteAsync(Context, StatusCodes.Status429TooManyRequests, "too_many_requests",
                    "Too many requests, or too many wrong keys, from this address or with this key. Wait as long as Retry-After says.",
                    retryAfter: _result.RetryAfter);
            case KeyVerdict.Refused:
                Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
                return Problems.WriteAsync(Context, StatusCodes.Status401Unauthorized, "invalid_key",
                    "The API key is not valid: it is unknown, revoked or expired, or its owner is disabled. Create a key on the Profile page.");
            default:
                Response.Headers.WWWAuthenticate = "Bearer";
                return Problems.WriteAsync(Context, StatusCodes.Status401Unauthorized, "key_required",
                    $"Send an API key in the header '{HeaderNames.Authorization}: Bearer <key>'. Keys are created on the Profile page.");
        }
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var isFull = _result?.Caller is not { IsFull: false, MayPostEvents: true };
        return Problems.WriteAsync(Context, StatusCodes.Status403Forbidden, isFull ? "role_not_sufficient" : "scope_not_sufficient",
            isFull
                ? $"The role of this key's owner ({_result?.Caller?.Actor.Role ?? "none"}) does not allow this."
                : "This key has the scope 'ingest', which allows POST /api/events only. Use a key with the scope 'full'.");
    }
}
