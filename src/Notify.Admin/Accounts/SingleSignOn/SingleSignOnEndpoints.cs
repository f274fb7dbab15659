using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Notify.Admin.Api;

namespace Notify.Admin.Accounts;

/// <summary>To the provider, and back from it.</summary>
internal static class SingleSignOnEndpoints
{
    /// <summary>Where the provider sends the browser back to; registered there.</summary>
    public const string CallbackPath = "/Account/SingleSignOn/Callback";

    public static void MapSingleSignOn(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<SingleSignOnOptions>().IsOn)
        {
            routes.MapGet("/Account/SingleSignOn", Start).ExcludeFromDescription().AllowAnonymous();
        }
    }

    /// <summary>The provider has said who comes.</summary>
    public static async Task CompleteAsync(TicketReceivedContext context)
    {
        var outcome = await context.HttpContext.RequestServices.GetRequiredService<SingleSignOnService>()
            .CompleteAsync(SignOnIdentity.From(context.Principal!), ClientAddress.Of(context.HttpContext),
                context.HttpContext.RequestAborted);
        context.Response.Redirect(outcome == SignOnOutcome.Done
            ? ReturnAddress.Of(context.ReturnUri) : ProblemPage(outcome, context.ReturnUri));
        context.HandleResponse();
    }

    /// <summary>A wrong or used state, an error of the provider, a token it did not give: told to the person, recorded, never a
    /// stack.</summary>
    public static async Task FailAsync(RemoteFailureContext context)
    {
        var (outcome, reason) = SingleSignOnHandler.Explain(context.Failure);
        await context.HttpContext.RequestServices.GetRequiredService<SingleSignOnService>()
            .RecordFailureAsync(reason, ClientAddress.Of(context.HttpContext), context.HttpContext.RequestAborted);
        context.Response.Redirect(ProblemPage(outcome, SingleSignOnHandler.ReturnUrlOf(context)));
        context.HandleResponse();
    }

    private static ChallengeHttpResult Start(string? returnUrl) => TypedResults.Challenge(
        new AuthenticationProperties { RedirectUri = ReturnAddress.Of(returnUrl) }, [SingleSignOnServiceCollectionExtensions.Scheme]);

    private static string ProblemPage(SignOnOutcome outcome, string? returnUrl) =>
        $"/Account/Login?Problem={outcome}&ReturnUrl={Uri.EscapeDataString(ReturnAddress.Of(returnUrl))}";
}
