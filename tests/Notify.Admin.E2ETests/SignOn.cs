using Microsoft.Playwright;
using Notify.Admin.Testing;

namespace Notify.Admin.E2ETests;

/// <summary>Somebody who logs in through the provider.</summary>
internal static class SignOn
{
    /// <summary>What the provider says of them.</summary>
    public static object Person(string subject, string email, params string[] groups) =>
        new { sub = subject, email, email_verified = true, groups };

    public static ILocator Button(IPage page) => page.GetByRole(AriaRole.Link, new() { Name = "Example ID" });

    /// <summary>From the log-in page to the provider, which asks nobody and sends the browser back.</summary>
    public static Task ThroughAsync(IPage page, TestIdentityProvider provider) => page.RunAndWaitForRequestAsync(
        () => Button(page).ClickAsync(), request =>
            request.Url.StartsWith(new Uri(provider.Address, "authorize").AbsoluteUri, StringComparison.Ordinal));
}
