using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Notify.Admin.Accounts;

/// <summary>Where the server requires a second factor of Admins, one without it gets nothing but the page that sets it up, and the way
/// out.</summary>
internal sealed class TwoFactorGate(RequestDelegate next)
{
    /// <summary>Marks a request whose session <see cref="SessionCookie"/> has found to need a second factor.</summary>
    public static readonly object Needed = new();

    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (!context.Items.ContainsKey(Needed) || endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return next(context);
        }

        if (endpoint?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type is not { } page)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        if (page == typeof(TwoFactorPage))
        {
            return next(context);
        }

        context.Response.Redirect("/Account/TwoFactor");
        return Task.CompletedTask;
    }
}
