using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Accounts;

/// <summary>Everybody's API keys, as Admins list and revoke them.</summary>
public sealed class KeyListTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task List_IsSearchedFilteredSortedAndPaged_WithoutTheRevoked(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var admin = await app.AdminActorAsync();
        var keys = app.Services.GetRequiredService<KeyService>();

        async Task<IEnumerable<string>> Find(ListQuery<KeyFilter, KeySort> query) =>
            (await keys.ListAsync(query, admin, Stop)).Items.Select(item => item.Key.Name).Where(name => name.StartsWith('k'));

        (await Find(new())).ShouldBe(["kappa scanner", "kébab", "kilo"]);
        (await Find(new("SCANNER"))).ShouldBe(["kappa scanner"]);
        (await Find(new("kebab"))).ShouldBe(["kébab"]);
        (await Find(new("viewer@ ki"))).ShouldBe(["kilo"]);
        (await Find(new(Filter: KeyFilter.Expired))).ShouldBe(["kilo"]);
        (await Find(new(Filter: KeyFilter.NeverUsed))).ShouldBe(["kappa scanner", "kilo"]);
        (await Find(new(Filter: KeyFilter.Ingest))).ShouldBe(["kappa scanner"]);
        (await Find(new(Sort: KeySort.Expires))).ShouldBe(["kilo", "kébab", "kappa scanner"]);
        (await Find(new(Sort: KeySort.LastUsed, Descending: true))).First().ShouldBe("kébab");
        var page = await keys.ListAsync(new("kilo"), admin, Stop);
        (page.Matching, page.Items[0].Owner, page.Items[0].Key.LastFour).ShouldBe((1, "viewer@example.test", "0003"));
        page.Total.ShouldBe(4, "the three and the one of the set-up");
    }

    [Theory, DatabaseData]
    public async Task Revoke_Many_EndsThoseThatAreThere_EachInTheTrail(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var admin = await app.AdminActorAsync();
        var keys = app.Services.GetRequiredService<KeyService>();
        var ids = (await keys.ListAsync(new(), admin, Stop)).Items.Where(item => item.Key.Name.StartsWith('k'))
            .Select(item => item.Key.Id).ToList();

        (await keys.RevokeApiKeysAsync([.. ids, 999], admin, Stop)).ShouldBe(3);

        (await keys.ListAsync(new("k"), admin, Stop)).Items.ShouldAllBe(item => !ids.Contains(item.Key.Id));
        (await app.AuditEntriesAsync()).Count(entry => entry.Action == "api-key.revoke").ShouldBe(3);
        await Should.ThrowAsync<NotPermittedException>(() =>
            keys.RevokeApiKeysAsync(ids, admin with { Role = Roles.Operator }, Stop));
    }

    private static async Task<NotifyAdminApp> StartAsync(DatabaseProvider provider)
    {
        var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var viewer = await app.Services.GetRequiredService<TestPeople>().PersonAsync("viewer@example.test", Roles.Viewer);
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        context.ApiKeys.AddRange(
            Key(viewer, 1, "kappa scanner", ApiKeyScope.Ingest),
            Key(viewer, 2, "kébab", ApiKeyScope.Full, expires: Now.AddDays(9), used: Now),
            Key(viewer, 3, "kilo", ApiKeyScope.Full, expires: Now.AddDays(-1)),
            Key(viewer, 4, "kept no more", ApiKeyScope.Full, revoked: Now));
        await context.SaveChangesAsync(Stop);
        return app;
    }

    private static ApiKey Key(AdminUser owner, int number, string name, ApiKeyScope scope, DateTimeOffset? expires = null,
        DateTimeOffset? used = null, DateTimeOffset? revoked = null) => new()
    {
        UserId = owner.Id,
        Name = name,
        Scope = scope,
        Hash = $"{number:D64}",
        LastFour = $"{number:D4}",
        CreatedAt = Now,
        ExpiresAt = expires,
        LastUsedAt = used,
        RevokedAt = revoked,
    };
}
