using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Accounts;

public sealed class OpenPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_BeyondTheLimit_IsRefusedToThisPersonOnly()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var viewer = await app.SignInAsAsync(Roles.Viewer);
        using var other = await app.SignInAsAsync(Roles.Operator);
        var person = (await app.PeopleAsync()).First(one => one.Role == Roles.Viewer).Id;
        var counters = Enumerable.Range(0, OpenPages.Most)
            .Select(_ => new OpenPageCounter(app.Services.GetRequiredService<OpenPages>(), new Someone(person))).ToList();
        foreach (var counter in counters)
        {
            await counter.OnCircuitOpenedAsync(null!, Stop);
        }

        (await viewer.GetAsync("events", Stop)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await viewer.PostAsync("_blazor/negotiate?negotiateVersion=1", null, Stop)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await viewer.GetAsync("Account/Password", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await other.GetAsync("events", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await counters[0].OnCircuitClosedAsync(null!, Stop);
        await counters[0].OnCircuitClosedAsync(null!, Stop);

        (await viewer.GetAsync("events", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private sealed class Someone(string id) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id)],
                "test"))));
    }
}
