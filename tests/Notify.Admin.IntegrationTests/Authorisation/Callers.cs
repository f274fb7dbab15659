using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using static Notify.Admin.IntegrationTests.Authorisation.Caller;

namespace Notify.Admin.IntegrationTests.Authorisation;

/// <summary>Sends requests as each <see cref="Caller"/>, with the credentials that such a caller has.</summary>
internal sealed class Callers : IDisposable
{
    private readonly NotifyAdminApp _app;
    private readonly Dictionary<Caller, string> _cookies = [];
    private readonly Dictionary<Caller, string> _keys = [];
    private readonly Dictionary<Caller, (string Id, string Secret)> _pairs = [];
    private readonly HttpClient _client;

    private Callers(NotifyAdminApp app)
    {
        _app = app;
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false,
            UseCookies = false }) { BaseAddress = app.BaseAddress };
    }

    public static async Task<Callers> CreateAsync(NotifyAdminApp app)
    {
        var callers = new Callers(app);
        await callers.AddAsync("viewer@example.test", Roles.Viewer, Viewer, ViewerKey, ViewerPair);
        await callers.AddAsync("operator@example.test", Roles.Operator, Operator, OperatorKey, OperatorPair);
        var admin = await callers.AddAsync("second@example.test", Roles.Admin, Caller.Admin, AdminKey, AdminPair);
        callers._keys[IngestKey] = (await app.Services.GetRequiredService<KeyService>()
            .CreateApiKeyAsync("Matrix", ApiKeyScope.Ingest, null, admin, default)).Text!;
        callers._keys[DemotedIngestKey] = await callers.AddDemotedAsync();
        var disabled = await callers.AddAsync("disabled@example.test", Roles.Admin, Disabled, DisabledKey, DisabledPair);
        (await app.Services.GetRequiredService<PeopleService>()
            .SetDisabledAsync(disabled.UserId!, true, await app.AdminActorAsync(), default)).Refusal.ShouldBeNull();
        return callers;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>What <paramref name="caller"/> is answered.</summary>
    public async Task<Verdict?> AskAsync(Caller caller, string method, AuthorisedRequest row, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (row.Body is { } body)
        {
            request.Content = new StringContent(body.Replace("{key}",
                _keys.GetValueOrDefault(caller, "nak_nobody-has-this-key-0000000000000000"), StringComparison.Ordinal),
                MediaTypeHeaderValue.Parse("application/json"));
        }

        // As a proxy marks what it passes on: nothing of this comes from the product's own machine.
        request.Headers.Add("Via", "1.1 proxy.example.test");
        if (_cookies.TryGetValue(caller, out var cookie))
        {
            request.Headers.Add("Cookie", cookie);
        }
        else if (_keys.TryGetValue(caller, out var key))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
        else if (_pairs.TryGetValue(caller, out var pair))
        {
            Sign(request, row, pair);
        }

        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return VerdictOf(answer, isOperation: row.Name.StartsWith("operation", StringComparison.Ordinal));
    }

    private static Verdict? VerdictOf(HttpResponseMessage answer, bool isOperation)
    {
        var location = answer.Headers.Location?.OriginalString ?? "";
        return (int)answer.StatusCode switch
        {
            302 when location.StartsWith("/Account/Login?ReturnUrl", StringComparison.Ordinal) => Verdict.LogIn,
            302 when location.StartsWith("/Account/Denied", StringComparison.Ordinal) => Verdict.Forbidden,
            401 => Verdict.Unknown,
            403 => Verdict.Forbidden,
            404 when isOperation => Verdict.NoPair,
            // What is missing of a signature is refused before anything else; what is missing of the operation, after the role.
            400 when isOperation && answer.Content.ReadAsStringAsync().Result.Contains("AccessKeyId", StringComparison.Ordinal) =>
                Verdict.Unsigned,
            < 500 => Verdict.Yes,
            _ => null,
        };
    }

    // On a page or another API the pair is presented by its header alone: with the parameters the request would be for the Security Center
    // API.
    private static void Sign(HttpRequestMessage request, AuthorisedRequest row, (string Id, string Secret) pair)
    {
        if (row.Name.Split(' ') is ["operation", var operation])
        {
            request.RequestUri = new Uri($"/{SignedCalls.RpcQuery(request.Method.Method, operation, pair.Id, pair.Secret, TimeProvider.System.GetUtcNow())}", UriKind.Relative);
        }
        else
        {
            request.Headers.TryAddWithoutValidation("Authorization",
                $"ACS3-HMAC-SHA256 Credential={pair.Id},SignedHeaders=host,Signature={new string('0', 64)}");
        }
    }

    private async Task<string> AddDemotedAsync()
    {
        const string Email = "demoted@example.test";
        var actor = new Actor(await _app.CreatePersonAsync(Email, Roles.Operator), Email, Roles.Operator, "192.0.2.1 browser");
        var key = (await _app.Services.GetRequiredService<KeyService>()
            .CreateApiKeyAsync("Matrix", ApiKeyScope.Ingest, null, actor, default)).Text!;
        await _app.Services.GetRequiredService<PeopleService>()
            .ChangeRoleAsync(actor.UserId!, Roles.Viewer, await _app.AdminActorAsync(), default);
        return key;
    }

    private async Task<Actor> AddAsync(string email, string role, Caller browser, Caller key, Caller pair)
    {
        var actor = new Actor(await _app.CreatePersonAsync(email, role), email, role, "192.0.2.1 browser");
        var keys = _app.Services.GetRequiredService<KeyService>();
        _cookies[browser] = await _app.SessionOfAsync(email, role);
        _keys[key] = (await keys.CreateApiKeyAsync("Matrix", ApiKeyScope.Full, null, actor, default)).Text!;
        var made = await keys.CreateAccessKeyAsync(null, actor, default);
        _pairs[pair] = (made.AccessKeyId!, made.Secret!);
        return actor;
    }
}
