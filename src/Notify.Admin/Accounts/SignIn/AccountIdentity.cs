using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>Identity's password check, by <see cref="AccountRules"/>.</summary>
internal sealed class AccountPasswordValidator : IPasswordValidator<AdminUser>
{
    public Task<IdentityResult> ValidateAsync(UserManager<AdminUser> manager, AdminUser user, string? password) =>
        Task.FromResult(AccountRules.RefusalOfPassword(password ?? "", user.Email ?? "") is { } refusal
            ? IdentityResult.Failed(new IdentityError { Code = refusal.ToString(), Description = refusal.ToString() })
            : IdentityResult.Success);
}

/// <summary>Signing in, refused to people who are disabled.</summary>
internal sealed class AccountSignIn(
    UserManager<AdminUser> userManager, IHttpContextAccessor contextAccessor, IUserClaimsPrincipalFactory<AdminUser> claimsFactory,
    IOptions<IdentityOptions> optionsAccessor, ILogger<SignInManager<AdminUser>> logger,
    IAuthenticationSchemeProvider schemes, IUserConfirmation<AdminUser> confirmation)
    : SignInManager<AdminUser>(userManager, contextAccessor, claimsFactory, optionsAccessor, logger, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(AdminUser user) => !user.IsDisabled && await base.CanSignInAsync(user);

    /// <summary>A cookie that is renewed stays that of its session.</summary>
    public override Task SignInWithClaimsAsync(AdminUser user, AuthenticationProperties? authenticationProperties,
        IEnumerable<Claim> additionalClaims)
    {
        var claims = additionalClaims.ToList();
        if (!claims.Exists(claim => claim.Type == NotifyClaims.Session)
            && Context.User.FindFirst(NotifyClaims.Session) is { } session
                && Context.User.FindFirstValue(ClaimTypes.NameIdentifier) == user.Id)
        {
            claims.Add(session);
        }

        return base.SignInWithClaimsAsync(user, authenticationProperties, claims);
    }
}
