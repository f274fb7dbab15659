using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;

namespace Notify.Admin.Layout;

/// <summary>What is shown instead of a page that the person's role does not open, or on which it may not do what was asked.</summary>
public sealed partial class NotAuthorized
{
    [Inject]
    private IStringLocalizer<LayoutText> T { get; set; } = null!;

    /// <summary>The page that was asked for; its policies tell the roles.</summary>
    [Parameter]
    public Type? PageType { get; set; }

    /// <summary>What was refused on a page that is open, and that the person may go on reading.</summary>
    [Parameter]
    public string? Policy { get; set; }

    [Parameter]
    public EventCallback OnBack { get; set; }

    private string NeededRoles
    {
        get
        {
            var policies = (PageType?.GetCustomAttributes(typeof(AuthorizeAttribute), inherit: true) ?? [])
                .Cast<AuthorizeAttribute>()
                .Select(attribute => attribute.Policy)
                .Append(Policy)
                .Where(policy => policy is not null && Policies.RolesOf.ContainsKey(policy))
                .ToList();
            var roles = Roles.All.Where(role => policies.All(policy => Policies.RolesOf[policy!].Contains(role)));
            return string.Join(T["NotAuthorized.Or"], (policies.Count == 0 ? [Roles.Admin] : roles)
                .Select(role => T[$"Role.{role}"].Value));
        }
    }
}
