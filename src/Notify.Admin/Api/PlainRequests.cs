using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Notify.Admin.Security;

namespace Notify.Admin.Api;

/// <summary>Refuses, before anything else reads them, addresses and forms that hold what cannot be text; and forms larger than any page
/// has.</summary>
internal static class PlainRequests
{
    private const int LargestForm = 64 * 1024;

    public static IApplicationBuilder UsePlainRequests(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var request = context.Request;
        return !PlainText.Is(request.Path.Value) || !ArePlain(request.Query)
            ? RefuseAsync(context, StatusCodes.Status400BadRequest, $"The address {PlainText.Rule}.")
            : request.HasFormContentType && !ApiRoutes.Covers(request.Path) ? ReadFormAsync(context, next) : next(context);
    });

    private static async Task ReadFormAsync(HttpContext context, RequestDelegate next)
    {
        if (await RefusalOfFormAsync(context) is var (status, reason))
        {
            await RefuseAsync(context, status, reason);
            return;
        }

        await next(context);
    }

    private static async Task<(int Status, string Reason)?> RefusalOfFormAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = LargestForm;
        }

        try
        {
            return ArePlain(await context.Request.ReadFormAsync(context.RequestAborted)) ? null
                : (StatusCodes.Status400BadRequest, $"The form {PlainText.Rule}.");
        }
        catch (BadHttpRequestException e)
        {
            return (e.StatusCode, "The form could not be read.");
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return (StatusCodes.Status400BadRequest, "The form could not be read.");
        }
    }

    private static bool ArePlain(IEnumerable<KeyValuePair<string, StringValues>> values) =>
        values.All(pair => PlainText.Is(pair.Key) && pair.Value.All(value => PlainText.Is(value)));

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        if (ApiRoutes.Covers(context.Request.Path))
        {
            return Problems.WriteAsync(context, status, "not_text", reason);
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(reason, context.RequestAborted);
    }
}
