using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Api;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Accounts;

public class KeyTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task ApiKey_CreatedThenRevoked_WorksInBetweenAndIsStoredAsHashOnly(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var keys = app.Services.GetRequiredService<KeyService>();
        var admin = await app.AdminActorAsync();

        var text = (await keys.CreateApiKeyAsync("nightly", ApiKeyScope.Full, 30, admin, Stop)).Text!;
        using var client = app.CreateApiClient(text);
        (await client.GetAsync("openapi/v1.json", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var row = (await keys.ListApiKeysAsync(admin.UserId!, admin, Stop)).Single(key => key.Name == "nightly");
        (await keys.RevokeApiKeyAsync(row.Id, admin, Stop)).ShouldBeTrue();
        (await client.GetAsync("openapi/v1.json", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        row.LastFour.ShouldBe(text[^4..]);
        row.ExpiresAt.ShouldNotBeNull();
        (await keys.RevokeApiKeyAsync(row.Id, admin, Stop)).ShouldBeFalse();
        (await keys.ListApiKeysAsync(admin.UserId!, admin, Stop)).ShouldNotContain(key => key.Id == row.Id);
        await using var context = await Contexts(app).CreateDbContextAsync(Stop);
        (await context.ApiKeys.SingleAsync(key => key.Id == row.Id, Stop)).Hash.ShouldBe(ApiKeyService.Hash(text));
        (await app.AuditEntriesAsync()).ShouldAllBe(entry => entry.Changes == null || !entry.Changes.Contains(text));
        (await app.AuditActionsAsync()).TakeLast(3).ShouldBe(["api-key.create", "api-key.revoke", "api-key.use"]);
    }

    [Fact]
    public async Task ApiKey_RevokedOnOneInstance_StopsOnTheOther()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null, $"{TestDatabase.PostgresVariable} is not set");
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        await using var here = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Database = database });
        await using var there = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Database = database });
        var admin = await here.AdminActorAsync();
        var keys = here.Services.GetRequiredService<KeyService>();
        using var client = there.CreateApiClient();
        (await client.GetAsync("openapi/v1.json", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await keys.RevokeApiKeyAsync((await keys.ListApiKeysAsync(admin.UserId!, admin, Stop)).Single().Id, admin, Stop);

        await Eventually.HoldsAsync(
            async () => (await client.GetAsync("openapi/v1.json", Stop)).StatusCode == HttpStatusCode.Unauthorized,
            TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task ApiKey_Expired_IsRefused()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Time = time });
        var text = (await app.Services.GetRequiredService<KeyService>()
            .CreateApiKeyAsync("short", ApiKeyScope.Ingest, 1, await app.AdminActorAsync(), Stop)).Text!;
        using var client = app.CreateApiClient(text);
        (await client.GetAsync("openapi/v1.json", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);

        time.Advance(TimeSpan.FromDays(1));

        (await client.GetAsync("openapi/v1.json", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task ApiKey_RoleOfItsOwnerChanged_CarriesTheNewRoleAtOnce()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var text = await app.CreateApiKeyAsync(Roles.Operator);
        var service = app.Services.GetRequiredService<ApiKeyService>();
        (await service.AuthenticateAsync(text, "192.0.2.1", Stop)).Caller!.MayPostEvents.ShouldBeTrue();
        var id = (await app.PeopleAsync()).Single(person => person.Role == Roles.Operator).Id;

        await app.Services.GetRequiredService<PeopleService>().ChangeRoleAsync(id, Roles.Viewer, await app.AdminActorAsync(), Stop);

        var caller = (await service.AuthenticateAsync(text, "192.0.2.1", Stop)).Caller!;
        caller.Actor.Role.ShouldBe(Roles.Viewer);
        caller.MayPostEvents.ShouldBeFalse();
    }

    [Fact]
    public async Task CreateApiKey_ThatPostsEvents_NeedsSomebodyWhoMaySend()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var keys = app.Services.GetRequiredService<KeyService>();
        var viewer = (await app.AdminActorAsync()) with { Role = Roles.Viewer };

        await Should.ThrowAsync<NotPermittedException>(() => keys.CreateApiKeyAsync("k", ApiKeyScope.Ingest, null, viewer, Stop));
        (await keys.CreateApiKeyAsync("k", ApiKeyScope.Full, null, viewer, Stop)).Refusal.ShouldBeNull();
    }

    [Theory]
    [InlineData("", null, KeyRefusal.NameMissing)]
    [InlineData("   ", null, KeyRefusal.NameMissing)]
    [InlineData("ok", 0, KeyRefusal.ExpiryOutOfRange)]
    [InlineData("ok", 3651, KeyRefusal.ExpiryOutOfRange)]
    public async Task CreateApiKey_BadInput_IsRefused(string name, int? days, KeyRefusal expected)
    {
        var app = shared.App;

        (await app.Services.GetRequiredService<KeyService>()
            .CreateApiKeyAsync(name, ApiKeyScope.Full, days, await app.AdminActorAsync(), Stop))
            .Refusal.ShouldBe(expected);
    }

    [Fact]
    public async Task Keys_OfOthers_AreForAdminsOnly()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var keys = app.Services.GetRequiredService<KeyService>();
        var admin = await app.AdminActorAsync();
        await app.CreateApiKeyAsync(Roles.Viewer);
        var viewerId = (await app.PeopleAsync()).Single(person => person.Role == Roles.Viewer).Id;
        var viewer = admin with { UserId = viewerId, Role = Roles.Viewer };
        var adminsKey = (await keys.ListApiKeysAsync(admin.UserId!, admin, Stop)).Single().Id;
        var viewersKey = (await keys.ListApiKeysAsync(viewerId, admin, Stop)).Single().Id;

        await Should.ThrowAsync<NotPermittedException>(() => keys.ListApiKeysAsync(admin.UserId!, viewer, Stop));
        await Should.ThrowAsync<NotPermittedException>(() => keys.ListAccessKeysAsync(admin.UserId!, viewer, Stop));
        (await keys.RevokeApiKeyAsync(adminsKey, viewer, Stop)).ShouldBeFalse();
        (await keys.RevokeApiKeyAsync(viewersKey, admin, Stop)).ShouldBeTrue();
    }

    [Theory, DatabaseData]
    public async Task AccessKey_Lookup_GivesSecretAndRoleUntilRevoked(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var service = app.Services.GetRequiredService<AccessKeyService>();
        var keys = app.Services.GetRequiredService<KeyService>();
        var admin = await app.AdminActorAsync();
        var pair = await keys.CreateAccessKeyAsync(null, admin, Stop);

        var setUp = await service.FindAsync(NotifyAdminSettings.AccessKeyId, "192.0.2.1", Stop);
        var created = await service.FindAsync(pair.AccessKeyId!, "192.0.2.1", Stop);
        (await service.FindAsync(pair.AccessKeyId!.ToLowerInvariant(), "192.0.2.1", Stop)).Verdict.ShouldBe(KeyVerdict.Refused);
        await keys.RevokeAccessKeyAsync(created.Key!.Id, admin, Stop);

        setUp.Key!.Secret.ShouldBe(NotifyAdminSettings.AccessKeySecret);
        setUp.Key.Actor.Role.ShouldBe(Roles.Admin);
        setUp.Key.ToString().ShouldBe(NotifyAdminSettings.AccessKeyId);
        created.Key.Secret.ShouldBe(pair.Secret);
        (await service.FindAsync(pair.AccessKeyId, "192.0.2.1", Stop)).Verdict.ShouldBe(KeyVerdict.Refused);
    }

    [Fact]
    public async Task AccessKey_Expired_IsRefusedAndTheTrailSaysWhy()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Time = time });
        var service = app.Services.GetRequiredService<AccessKeyService>();
        var pair = await app.Services.GetRequiredService<KeyService>().CreateAccessKeyAsync(1, await app.AdminActorAsync(), Stop);
        (await service.FindAsync(pair.AccessKeyId!, "192.0.2.1", Stop)).Verdict.ShouldBe(KeyVerdict.Accepted);

        time.Advance(TimeSpan.FromDays(1));

        (await service.FindAsync(pair.AccessKeyId!, "192.0.2.1", Stop)).Verdict.ShouldBe(KeyVerdict.Refused);
        (await app.AuditEntriesAsync()).Last(entry => entry.Action == "access-key.use").Changes!.ShouldContain("expired");
    }

    [Theory, DatabaseData]
    public async Task Nonce_UsedTwice_IsRefusedTheSecondTimeAlsoAtOnce(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var service = app.Services.GetRequiredService<AccessKeyService>();
        var key = (await service.FindAsync(NotifyAdminSettings.AccessKeyId, "192.0.2.1", Stop)).Key!;

        var results = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(_ => Task.Run(() => service.TryUseNonceAsync(key, "n1", Stop), Stop)));

        results.Count(fresh => fresh).ShouldBe(1);
        (await service.TryUseNonceAsync(key, "n2", Stop)).ShouldBeTrue();
    }

    [Fact]
    public async Task AccessKey_TooManyWrongSignatures_ThrottlesThatAddress()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Configuration = new Dictionary<string, string> { ["Api:FailuresPerMinutePerAddress"] = "2" },
        });
        var service = app.Services.GetRequiredService<AccessKeyService>();
        for (var failure = 0; failure < 2; failure++)
        {
            var key = (await service.FindAsync(NotifyAdminSettings.AccessKeyId, "192.0.2.1", Stop)).Key!;
            await service.RefuseAsync(key, "192.0.2.1", "wrong signature");
        }

        var throttled = await service.FindAsync(NotifyAdminSettings.AccessKeyId, "192.0.2.1", Stop);

        throttled.Verdict.ShouldBe(KeyVerdict.Throttled);
        throttled.RetryAfter.ShouldBeGreaterThan(TimeSpan.Zero);
        (await service.FindAsync(NotifyAdminSettings.AccessKeyId, "192.0.2.2", Stop)).Verdict.ShouldBe(KeyVerdict.Accepted);
    }

    [Fact]
    public async Task LastUsed_AfterAStop_IsStored()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        (await app.CreateApiClient().GetAsync("openapi/v1.json", Stop)).Dispose();

        await app.RestartAsync();

        var admin = await app.AdminActorAsync();
        (await app.Services.GetRequiredService<KeyService>().ListApiKeysAsync(admin.UserId!, admin, Stop))
            .Single().LastUsedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task RateLimitPerKey_Exceeded_Is429AndRaisedOnTheSettingsPageItPasses()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var settings = app.Services.GetRequiredService<Notify.Admin.Settings.SettingsService>();
        var admin = await app.AdminActorAsync();
        await settings.SaveAsync(new Dictionary<string, string> { ["Api:RequestsPerSecondPerKey"] = "1" }, admin, Stop);
        using var client = app.CreateApiClient();

        // More at once than any machine answers in as many seconds.
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetAsync("api/sources", Stop)));
        await settings.SaveAsync(new Dictionary<string, string> { ["Api:RequestsPerSecondPerKey"] = "1000" }, admin, Stop);

        var throttled = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        throttled.Headers.RetryAfter.ShouldNotBeNull();
        (await throttled.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("status").GetInt32().ShouldBe(429);
        await Eventually.HoldsAsync(async () => (await client.GetAsync("api/sources", Stop)).IsSuccessStatusCode,
            TimeSpan.FromSeconds(60));
    }

    private static IDbContextFactory<NotifyDbContext> Contexts(NotifyAdminApp app) =>
        app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>();
}
