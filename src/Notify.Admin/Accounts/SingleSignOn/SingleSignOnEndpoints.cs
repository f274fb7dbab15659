using Microsoft.AspNetCore.Authentication;
using Notify.Admin.Api;

namespace Notify.Admin.Accounts;

/// <summary>To the provider; the way back is <see cref="SingleSignOnEvents"/>.</summary>
internal static class SingleSignOnEndpoints
{
    /// <summary>Where the provider sends the browser back to; registered there.</summary>
    public const string CallbackPath = "/Account/SingleSignOn/Callback";

    public static void MapSingleSignOn(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<SingleSignOnOptions>().IsOn)
        {
            routes.MapGet("/Account/SingleSignOn", StartAsync).ExcludeFromDescription().AllowAnonymous();
        }
    }

    public static string ProblemPage(SignOnOutcome outcome, string? returnUrl) =>
        $"/Account/Login?Problem={outcome}&ReturnUrl={Uri.EscapeDataString(ReturnAddress.Of(returnUrl))}";

    private static async Task StartAsync(string? returnUrl, HttpContext http, SingleSignOnService service)
    {
        try
        {
            await http.ChallengeAsync(SingleSignOnServiceCollectionExtensions.Scheme,
                new AuthenticationProperties { RedirectUri = ReturnAddress.Of(returnUrl) });
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException && !http.Response.HasStarted)
        {
            // Where to send the browser stands in the discovery document, which is read at the first log-in.
            await service.RecordFailureAsync("the discovery document cannot be read", ClientAddress.Of(http));
            http.Response.Redirect(ProblemPage(SignOnOutcome.ProviderFailed, returnUrl));
        }
    }
}
