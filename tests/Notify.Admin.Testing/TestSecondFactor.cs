using System.Net;
using System.Text.RegularExpressions;
using Notify.Admin.Accounts;

namespace Notify.Admin.Testing;

/// <summary>The second factor as a person sets it up: through its page.</summary>
public static partial class TestSecondFactor
{
    /// <summary>Turns it on for whoever <paramref name="client"/> is logged in as.</summary>
    /// <returns>The key that an authenticator app would hold, and the recovery codes.</returns>
    public static async Task<(string Key, IReadOnlyList<string> RecoveryCodes)> TurnOnAsync(HttpClient client, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var html = await client.GetStringAsync("/Account/TwoFactor", cancellationToken);
        var key = KeyInPage().Match(html).Groups[1].Value;
        var offer = OfferInPage().Match(html).Groups[1].Value;
        using var answer = await NotifyAdminApp.SubmitFormAsync(
            client, "/Account/TwoFactor", ("Offer", WebUtility.HtmlDecode(offer)), ("Code", TimeCode.At(key, TimeCode.StepAt(now))));
        return (key, CodesIn(await answer.Content.ReadAsStringAsync(cancellationToken)));
    }

    /// <summary>The recovery codes that a page shows.</summary>
    public static IReadOnlyList<string> CodesIn(string html) => [.. RecoveryCodes().Matches(html).Select(match => match.Value).Distinct()];

    /// <summary>Answers the question for a code after the password.</summary>
    public static Task<HttpResponseMessage> SubmitCodeAsync(HttpClient client, string code) =>
        NotifyAdminApp.SubmitFormAsync(client, "/Account/Code", ("Code", code));

    [GeneratedRegex("<code>([A-Z2-7]{32})</code>")]
    private static partial Regex KeyInPage();

    [GeneratedRegex("name=\"Offer\" value=\"([^\"]+)\"")]
    private static partial Regex OfferInPage();

    [GeneratedRegex("\\b[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}\\b")]
    private static partial Regex RecoveryCodes();
}
