using System.Net;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Events;

public sealed class WebhookHandshakeTests(WebhookHandshakeTests.GridApp grid) : IClassFixture<WebhookHandshakeTests.GridApp>
{
    private const string Grid = "eventgrid.azure.net";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Grid, null, "*")]
    [InlineData(Grid, "120", "120")]
    [InlineData("EventGrid.Azure.NET", "99999999", "1200000")]
    [InlineData(Grid, "many", "*")]
    [InlineData(Grid, "0", "*")]
    public async Task Options_FromAnAllowedOrigin_IsConsentedTo(string origin, string? rate, string allowed)
    {
        using var answer = await AskAsync(grid.App, origin, rate);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("WebHook-Allowed-Origin").ShouldBe([origin]);
        answer.Headers.GetValues("WebHook-Allowed-Rate").ShouldBe([allowed]);
        answer.Content.Headers.Allow.ShouldBe(["POST"]);
    }

    [Fact]
    public async Task Options_WhereEveryOriginIsAllowed_IsConsentedTo()
    {
        await using var app = await NotifyAdminApp.StartAsync(Allowing("*"));

        using var answer = await AskAsync(app, "anybody.example", "120");

        answer.Headers.GetValues("WebHook-Allowed-Origin").ShouldBe(["anybody.example"]);
    }

    [Theory]
    [InlineData("other.example", HttpStatusCode.Forbidden)]
    [InlineData("eventgrid.azure.net.evil.example", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.NoContent)]
    public async Task Options_FromAnotherOrNone_HasNoConsentInIt(string? origin, HttpStatusCode status)
    {
        using var answer = await AskAsync(grid.App, origin, null);

        answer.StatusCode.ShouldBe(status);
        answer.Headers.Any(header => header.Key.StartsWith("WebHook-", StringComparison.OrdinalIgnoreCase)).ShouldBeFalse();
    }

    private static NotifyAdminSettings Allowing(string origin) => new()
    {
        Configuration = new Dictionary<string, string> { ["Events:AllowedOrigins:0"] = origin },
    };

    private static async Task<HttpResponseMessage> AskAsync(NotifyAdminApp app, string? origin, string? rate)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "api/events");
        // Named by the sender, and never called.
        request.Headers.Add("WebHook-Request-Callback", "https://127.0.0.1:9/confirm");
        if (origin is not null)
        {
            request.Headers.Add("WebHook-Request-Origin", origin);
        }

        if (rate is not null)
        {
            request.Headers.Add("WebHook-Request-Rate", rate);
        }

        return await app.CreateClient().SendAsync(request, Stop);
    }

    public sealed class GridApp : SharedApp
    {
        protected override NotifyAdminSettings Settings => Allowing(Grid);
    }
}
