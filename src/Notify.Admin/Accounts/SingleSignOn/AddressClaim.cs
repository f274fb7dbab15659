using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Notify.Admin.Api;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>Adds the address of the request to the principal. An open page gets its principal from the request that opened its connection,
/// so its actions are recorded with that address.</summary>
internal sealed class AddressClaim(IHttpContextAccessor accessor) : IClaimsTransformation
{
    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (principal.Identity?.IsAuthenticated == true && !principal.HasClaim(claim => claim.Type == NotifyClaims.Address)
            && accessor.HttpContext is { } context)
        {
            principal.AddIdentity(new ClaimsIdentity([new Claim(NotifyClaims.Address, ClientAddress.Of(context))]));
        }

        return Task.FromResult(principal);
    }
}
