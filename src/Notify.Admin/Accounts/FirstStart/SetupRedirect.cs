using Microsoft.AspNetCore.Components.Endpoints;

namespace Notify.Admin.Accounts;

/// <summary>On a store without a user every page leads to the set-up page, unless people come in through single sign-on only.</summary>
internal sealed class SetupRedirect(RequestDelegate next, FirstAdminService firstAdmin, SingleSignOnOptions signOn)
{
    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type is { } page && page != typeof(SetupPage)
            && signOn.LocalAccounts ? RedirectWhereNeededAsync(context) : next(context);

    private async Task RedirectWhereNeededAsync(HttpContext context)
    {
        if (await firstAdmin.IsNeededAsync(context.RequestAborted))
        {
            context.Response.Redirect("/setup");
            return;
        }

        await next(context);
    }
}
