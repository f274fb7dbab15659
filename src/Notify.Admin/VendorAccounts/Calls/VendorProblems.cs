using Notify.Admin.Api;

namespace Notify.Admin.VendorAccounts;

/// <summary>How the <c>api/accounts</c> routes say what went wrong with a call to the vendor.</summary>
internal static class VendorProblems
{
    public const string ContentType = "application/problem+json";

    public static IResult Of(int account, VendorAnswer answer) => answer.Code == VendorCodes.AccountGone
        ? Problems.Result(StatusCodes.Status404NotFound, "not_found", $"There is no account with the id {account}.")
        : Problems.Result(
            VendorCodes.Passes(answer.Code) ? StatusCodes.Status502BadGateway : StatusCodes.Status422UnprocessableEntity, answer.Code,
            answer.Message ?? "The account could not be read at the vendor. Its page says more.", retryAfter: answer.RetryAfter);

    public static RouteHandlerBuilder ProducesVendorProblems(this RouteHandlerBuilder route)
    {
        foreach (var status in new[] { StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden,
            StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status429TooManyRequests,
            StatusCodes.Status502BadGateway })
        {
            route.Produces<Problem>(status, ContentType);
        }

        return route;
    }
}
