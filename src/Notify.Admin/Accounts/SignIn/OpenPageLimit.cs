using System.Security.Claims;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Routing;

namespace Notify.Admin.Accounts;

/// <summary>Opens no further interactive page for somebody who has <see cref="OpenPages.Most"/> of them. Those that are open go
/// on.</summary>
internal sealed class OpenPageLimit(RequestDelegate next, OpenPages pages)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.User.FindFirstValue(ClaimTypes.NameIdentifier) is not { } userId || !Opens(context) || pages.MayOpen(userId))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = "180";
        return context.Response.WriteAsync($"You have {OpenPages.Most} pages open. Close some, wait three minutes and load this one again.\n您已打开 {OpenPages.Most} 个页面。请关闭一些，三分钟后重新加载此页面。\n");
    }

    private static bool Opens(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/_blazor/negotiate")
        || (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && context.AcceptsInteractiveRouting());
}
