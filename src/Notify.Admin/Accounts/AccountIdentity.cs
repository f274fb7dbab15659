using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

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
    Microsoft.AspNetCore.Authentication.IAuthenticationSchemeProvider schemes, IUserConfirmation<AdminUser> confirmation)
    : SignInManager<AdminUser>(userManager, contextAccessor, claimsFactory, optionsAccessor, logger, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(AdminUser user) => !user.IsDisabled && await base.CanSignInAsync(user);
}
