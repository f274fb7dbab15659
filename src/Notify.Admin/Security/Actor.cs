using System.Security.Claims;

namespace Notify.Admin.Security;

/// <summary>Who is acting: handed to every service call, checked there and written to the audit trail.</summary>
/// <param name="UserId">The account's id; null for the product itself.</param>
/// <param name="Name">The e-mail address shown in the audit trail, or <c>system</c>.</param>
/// <param name="Role">One of <see cref="Roles"/>; null where the person has none.</param>
/// <param name="Origin">Where from: an address, and <c>browser</c>, <c>api key</c> or <c>access key</c>.</param>
public sealed record Actor(string? UserId, string Name, string? Role, string Origin)
{
    /// <summary>The product acting by itself: retries, drills, start-up.</summary>
    public static readonly Actor System = new(null, "system", Roles.Admin, "system");

    public bool May(string policy) => Role is not null && Policies.RolesOf[policy].Contains(Role);

    /// <summary>Throws <see cref="NotPermittedException"/> unless the actor has <paramref name="policy"/>.</summary>
    public void Demand(string policy)
    {
        if (!May(policy))
        {
            throw new NotPermittedException(policy);
        }
    }

    /// <summary>The person behind a request or an open page, with the address it came from.</summary>
    public static Actor From(ClaimsPrincipal user) =>
        From(user, $"{user.FindFirstValue(NotifyClaims.Address) ?? "unknown"} {(user.HasClaim(claim => claim.Type == NotifyClaims.KeyScope) ? "api key" : "browser")}");

    public static Actor From(ClaimsPrincipal user, string origin) => new(
        user.FindFirstValue(ClaimTypes.NameIdentifier),
        user.Identity?.Name ?? "anonymous",
        Roles.All.FirstOrDefault(user.IsInRole),
        origin);
}
