using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Hardening;

/// <summary>Every place that leads back to an address from a request: whatever stands there, the browser stays here.</summary>
public sealed class OpenRedirectTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Evil = "evil.example";

    private static readonly string[] Tricks =
    [
        $"//{Evil}", $"///{Evil}", $"////{Evil}", $"/\\{Evil}", $"/\\/{Evil}", $"\\/{Evil}", $"\\\\{Evil}", $"/\\\\{Evil}",
            $"https://{Evil}", $"https:{Evil}", $"http:///{Evil}", $"HTTPS:/{Evil}",
        $"//{Evil}@localhost", $"//localhost@{Evil}", $"//{Evil}%2f..", $"/%5c{Evil}", $"/%5C/{Evil}", $"/%2f{Evil}", $"%2f%2f{Evil}",
        $"/%09/{Evil}", $"/%0d%0aLocation:%20//{Evil}", $"/%00/{Evil}",
        $"/\t/{Evil}", $"\t//{Evil}", $" //{Evil}", $"/ /{Evil}", $"/\r\n/{Evil}", $"/\n//{Evil}",
        $"/people\r\nLocation: //{Evil}", $"/.//{Evil}", $"/..//{Evil}", $"/people/..//{Evil}",
        $"/@{Evil}", $"/;@{Evil}", $"javascript:alert('{Evil}')", $"JavaScript://{Evil}/%0aalert(1)", $"data:text/html,{Evil}",
        $"~//{Evil}", $"?//{Evil}", $"#//{Evil}", $"／／{Evil}", $"/／{Evil}", $"/。{Evil}",
        $"/\u2028/{Evil}", $"/\u00a0/{Evil}", $"/中文?q={Evil}", $"/\ud83d/{Evil}", $"/people?next=//{Evil}", new string('/', 1000) + Evil,
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("culture?lang=en&returnUrl=")]
    [InlineData("theme?value=dark&returnUrl=")]
    [InlineData("Account/Login?ReturnUrl=")]
    [InlineData("Account/Code?ReturnUrl=")]
    public async Task ReturnAddress_AnyTrick_StaysHere(string path)
    {
        var app = shared.App;
        // Who is logged in already is led on from the log-in page; the page for the code leads back to it.
        using var client = path.StartsWith("Account/Login", StringComparison.Ordinal)
            ? await app.SignInAsAsync(Roles.Viewer) : app.CreateClient();
        List<string> wrong = [];
        foreach (var trick in Tricks)
        {
            using var answer = await client.GetAsync(path + Escaped(trick), Stop);
            wrong.AddRange(ProblemOf(answer, trick));
        }

        wrong.ShouldBeEmpty(string.Join(Environment.NewLine,
            app.Logs.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).Take(3)));
    }

    [Fact]
    public async Task LogIn_AnyTrick_StaysHere()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        List<string> wrong = [];
        foreach (var trick in Tricks)
        {
            using var client = app.CreateClient();
            using var answer = await NotifyAdminApp.SubmitLoginAsync(
                client, NotifyAdminSettings.AdminEmail, NotifyAdminSettings.AdminPassword, $"/Account/Login?ReturnUrl={Escaped(trick)}");
            wrong.AddRange(ProblemOf(answer, trick));
        }

        wrong.ShouldBeEmpty(string.Join(Environment.NewLine,
            app.Logs.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).Take(3)));
    }

    [Fact]
    public async Task SignOn_AnyTrick_StaysHere()
    {
        await using var provider = await TestIdentityProvider.StartAsync();
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Configuration = provider.Configuration });
        List<string> wrong = [];
        foreach (var trick in Tricks)
        {
            using var client = app.CreateClient();
            using var challenge = await client.GetAsync($"/Account/SingleSignOn?returnUrl={Escaped(trick)}", Stop);
            using var atProvider = await client.GetAsync(challenge.Headers.Location, Stop);
            using var answer = await client.GetAsync(atProvider.Headers.Location, Stop);
            wrong.AddRange(ProblemOf(answer, trick));
        }

        wrong.ShouldBeEmpty(string.Join(Environment.NewLine,
            app.Logs.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).Take(3)));
    }

    // Half a surrogate pair cannot be written in an address.
    private static string Escaped(string text) =>
        Uri.EscapeDataString(System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)));

    private static IEnumerable<string> ProblemOf(HttpResponseMessage answer, string trick)
    {
        if ((int)answer.StatusCode is not (301 or 302 or 303 or 307))
        {
            yield return $"{trick}: {(int)answer.StatusCode}";
            yield break;
        }

        // As a browser reads it: it takes a backslash for a slash, and drops tabs and line ends.
        var location = string.Concat(answer.Headers.NonValidated["Location"]).Replace('\\', '/');
        if (location.Any(c => c is <= ' ' or >= '\u007f') || location is not ['/', ..]
            || location.StartsWith("//", StringComparison.Ordinal))
        {
            yield return $"{trick}: {location}";
        }
    }
}
