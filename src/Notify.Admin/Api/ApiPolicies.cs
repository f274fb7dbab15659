using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Notify.Admin.Security;

namespace Notify.Admin.Api;

/// <summary>What a caller of the <c>api/</c> routes must be; endpoints name these in <c>RequireAuthorization</c>.</summary>
internal static class ApiPolicies
{
    /// <summary>The authentication scheme of <c>Authorization: Bearer</c> keys.</summary>
    public const string KeyScheme = "ApiKey";

    /// <summary><c>POST /api/events</c>: a key of an Admin or Operator, whatever its scope.</summary>
    public const string PostEvents = "Api.PostEvents";

    /// <summary>Reading the record: a <c>full</c> key, any role.</summary>
    public const string Read = "Api.Read";

    /// <summary>The audit trail: a <c>full</c> key of an Admin.</summary>
    public const string Administer = "Api.Administer";

    /// <summary>Any key that is good.</summary>
    public const string AnyKey = "Api.AnyKey";

    /// <summary>A person who is logged in, or any key.</summary>
    public const string PersonOrKey = "Api.PersonOrKey";

    public const string IngestScope = "ingest";

    public const string FullScope = "full";

    public static void AddTo(AuthorizationOptions options)
    {
        options.AddPolicy(PostEvents, policy => Key(policy).RequireAssertion(context => MayPostEvents(context.User)));
        options.AddPolicy(Read, policy => Key(policy).RequireAssertion(context => IsFullWith(context, Policies.View)));
        options.AddPolicy(Administer, policy => Key(policy).RequireAssertion(context => IsFullWith(context, Policies.Administer)));
        options.AddPolicy(AnyKey, policy => Key(policy));
        options.AddPolicy(PersonOrKey, policy => policy
            .AddAuthenticationSchemes(IdentityConstants.ApplicationScheme, KeyScheme)
            .RequireAuthenticatedUser());
    }

    /// <summary>Of somebody who has shown a good key.</summary>
    public static bool MayPostEvents(ClaimsPrincipal caller) => Array.Exists(Policies.RolesOf[Policies.Operate], caller.IsInRole);

    private static AuthorizationPolicyBuilder Key(AuthorizationPolicyBuilder policy) =>
        policy.AddAuthenticationSchemes(KeyScheme).RequireAuthenticatedUser();

    private static bool IsFullWith(AuthorizationHandlerContext context, string policy) =>
        context.User.HasClaim(NotifyClaims.KeyScope, FullScope) && Array.Exists(Policies.RolesOf[policy], context.User.IsInRole);
}
