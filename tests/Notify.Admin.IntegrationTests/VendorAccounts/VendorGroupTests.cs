using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Admin.VendorAccounts;
using Notify.Sandbox;

namespace Notify.Admin.IntegrationTests.VendorAccounts;

/// <summary>Names of asset groups, taken over from Security Center, for which another product stands.</summary>
public class VendorGroupTests
{
    private static readonly Actor Admin = new(null, "admin@example.test", Roles.Admin, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Names_OfTheAccount_AreTakenOver_AndThoseGivenHereStayUnlessReplaced(DatabaseProvider provider)
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await vendor.StartCustomerAsync(settings: new() { Provider = provider, Sandbox = vendor.Sandbox });
        foreach (var (id, name) in new[] { ("7", "Web shop"), ("8", "数据库 · prod"), ("10417151", "Offices") })
        {
            (await Groups(vendor).AddAsync(id, name, Admin, Stop)).ShouldBe(GroupOutcome.Saved);
        }

        await Groups(app).AddAsync("8", "Databases", Admin, Stop);
        await Groups(app).AddAsync("9", "Only here", Admin, Stop);
        var account = await app.AddAccountAsync(vendor);
        using var client = app.CreateApiClient();
        var address = $"api/accounts/{account.Id}/asset-groups";

        (await client.GetStringAsync(address, Stop)).ShouldBe(
            """{"items":[{"id":7,"there":"Web shop","here":null,"change":"name"},{"id":8,"there":"数据库 · prod","here":"Databases","change":"replace"},"""
            + """{"id":10417151,"there":"Offices","here":null,"change":"name"}]}""");
        using var taken = await client.PostAsJsonAsync(address, new { }, Stop);

        taken.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await NamesAsync(app)).ShouldBe([(7, "Web shop"), (8, "Databases"), (9, "Only here"), (10417151, "Offices")]);
        (await app.AuditActionsAsync()).Count(action => action == "asset-group.create").ShouldBe(4);

        using var replaced = await client.PostAsJsonAsync(address, new { replace = true }, Stop);
        (await NamesAsync(app)).ShouldBe([(7, "Web shop"), (8, "数据库 · prod"), (9, "Only here"), (10417151, "Offices")]);
        using var again = await client.PostAsJsonAsync(address, new { replace = true }, Stop);
        (await again.Content.ReadAsStringAsync(Stop)).ShouldBe("""{"items":[]}""");
        (await app.AuditActionsAsync()).Count(action => action == "asset-group.update").ShouldBe(1);
    }

    [Fact]
    public async Task Names_OfTheSandbox_AreTakenOver()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        await using var app = await NotifyAdminApp.StartAsync(new()
        {
            Sandbox = sandbox,
            Configuration = new Dictionary<string, string>
            {
                ["VendorAccounts:SecurityCenterEndpoints:0"] = TestVendors.EndpointOf(sandbox.BaseAddress),
            },
        });
        var account = await app.AddAccountAsync(sandbox);

        var (taken, answer) = await app.Services.GetRequiredService<VendorGroupService>().TakeAsync(account.Id, false, Admin, Stop);

        answer.Code.ShouldBe(VendorCodes.Accepted);
        taken.Count.ShouldBe(2);
        (await NamesAsync(app)).ShouldBe([(10417151, "Web shop"), (10417152, "Databases")]);
    }

    [Fact]
    public async Task Names_ThatCannotBeRead_ChangeNothing_AndSayWhy()
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await vendor.StartCustomerAsync(settings: new() { Sandbox = vendor.Sandbox });
        await Groups(vendor).AddAsync("7", "Web shop", Admin, Stop);
        var account = await app.AddAccountAsync(vendor, secret: "nas_another-secret-of-the-key");
        using var client = app.CreateApiClient();

        using var refused = await client.PostAsJsonAsync($"api/accounts/{account.Id}/asset-groups", new { }, Stop);
        using var nobody = await client.GetAsync("api/accounts/999/asset-groups", Stop);
        using var wrong = await client.PostAsJsonAsync($"api/accounts/{account.Id}/asset-groups", new { replace = "yes" }, Stop);

        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadAsStringAsync(Stop)).ShouldContain("SignatureDoesNotMatch");
        nobody.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await NamesAsync(app)).ShouldBeEmpty();
    }

    private static AssetGroupService Groups(NotifyAdminApp app) => app.Services.GetRequiredService<AssetGroupService>();

    private static async Task<IReadOnlyList<(int Id, string Name)>> NamesAsync(NotifyAdminApp app) =>
        [.. (await Groups(app).ListAsync(Admin, Stop)).Select(group => (group.Id, group.Name)).OrderBy(group => group.Id)];
}
