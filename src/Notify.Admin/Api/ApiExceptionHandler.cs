using Microsoft.AspNetCore.Diagnostics;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Api;

/// <summary>Turns what an <c>api/</c> route could not answer itself into problem details: the store being away is 503, the rest is 500
/// without any detail of the fault.</summary>
internal sealed class ApiExceptionHandler(FailureLog failures, ILogger<ApiExceptionHandler> logger) : IExceptionHandler
{
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(5);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!ApiRoutes.Covers(httpContext.Request.Path))
        {
            return false;
        }

        await (exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problems.WriteAsync(httpContext,
                StatusCodes.Status413PayloadTooLarge, "too_large", "The body is larger than this route accepts."),
            BodyRefusedException refused => Problems.WriteAsync(httpContext, refused.Status, refused.Code, refused.Message,
                retryAfter: refused.RetryAfter),
            BadHttpRequestException bad =>
                Problems.WriteAsync(httpContext, bad.StatusCode, "bad_request", "The request could not be read."),
            NotPermittedException => Problems.WriteAsync(httpContext, StatusCodes.Status403Forbidden, "role_not_sufficient",
                "The role of this key's owner does not allow this."),
            ProvisionedException provisioned => Problems.WriteAsync(httpContext, StatusCodes.Status409Conflict, "provisioned",
                $"{provisioned.Message} Nothing was changed."),
            _ when StoreErrors.IsOfStore(exception) =>
                Problems.WriteAsync(httpContext, StatusCodes.Status503ServiceUnavailable, "store_unavailable",
                    "The store cannot be reached at the moment. Nothing was changed; send the request again.", retryAfter: StoreRetry),
            ContendedException => Problems.WriteAsync(httpContext, StatusCodes.Status503ServiceUnavailable, "contended",
                "Others are changing the same at the moment. Nothing was changed; send the request again.", retryAfter: StoreRetry),
            OutOfMemoryException => FailAsync(httpContext, exception, StatusCodes.Status503ServiceUnavailable, "busy",
                "The server is out of memory at the moment. Send the request again.", StoreRetry),
            _ => FailAsync(httpContext, exception, StatusCodes.Status500InternalServerError, "internal_error",
                "The server failed at this request; its log says why."),
        });
        return true;
    }

    private Task FailAsync(
        HttpContext httpContext, Exception exception, int status, string code, string message, TimeSpan? retryAfter = null)
    {
        // What a handler has answered the framework does not log.
        if (failures.IsDue(exception, out var silent))
        {
            logger.LogError(exception, "A request to {Method} {Path} failed (and {Silent} times since this was last written)",
                httpContext.Request.Method, httpContext.Request.Path, silent);
        }

        return Problems.WriteAsync(httpContext, status, code, message, retryAfter: retryAfter);
    }
}
