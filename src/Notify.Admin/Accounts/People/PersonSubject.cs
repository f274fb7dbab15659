using Microsoft.AspNetCore.Identity;
using Notify.Admin.Audit;

namespace Notify.Admin.Accounts;

/// <summary>People as the audit trail names them.</summary>
internal static class PersonSubject
{
    public static AuditSubject Of(AdminUser user) => new("person", user.Id, user.Email);
}

internal static class IdentityResultExtensions
{
    /// <summary>For steps that can only fail through a fault: input has been checked before.</summary>
    /// <exception cref="InvalidOperationException">The step failed; the transaction around it is rolled back.</exception>
    public static void ThrowIfFailed(this IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(
                "Identity refused a change: " + string.Join(", ", result.Errors.Select(error => error.Code)));
        }
    }
}
