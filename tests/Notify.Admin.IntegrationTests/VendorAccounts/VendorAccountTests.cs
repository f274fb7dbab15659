using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Admin.VendorAccounts;

namespace Notify.Admin.IntegrationTests.VendorAccounts;

/// <summary>An account at Security Center, for which another instance of the product stands.</summary>
public class VendorAccountTests
{
    private static readonly Actor Admin = new(null, "admin@example.test", Roles.Admin, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Check_KeyOfTheVendor_IsAccepted(DatabaseProvider provider)
    {
        await using var vendor = await NotifyAdminApp.StartAsync();
        await using var app = await vendor.StartCustomerAsync(provider);
        var account = await app.AddAccountAsync(vendor);

        var asked = await Accounts(app).CheckAsync(account.Id, Admin, Stop);

        (asked!.CheckCode, asked.CheckDetail).ShouldBe(("ok", null));
        asked.CheckedAt.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(NotifyAdminSettings.AccessKeyId, "nas_another-secret-0123456789abcdefgh", "SignatureDoesNotMatch")]
    [InlineData("NAKIDunknown000000000000", NotifyAdminSettings.AccessKeySecret, "InvalidAccessKeyId.NotFound")]
    public async Task Check_WrongKey_IsRefusedInTheVendorsWords(string keyId, string secret, string code)
    {
        await using var vendor = await NotifyAdminApp.StartAsync();
        await using var app = await vendor.StartCustomerAsync();
        var account = await app.AddAccountAsync(vendor, keyId, secret);

        var asked = await Accounts(app).CheckAsync(account.Id, Admin, Stop);

        asked!.CheckCode.ShouldBe(code);
        asked.CheckDetail.ShouldNotBeNull().ShouldNotContain(secret);
        asked.CheckRequestId.ShouldNotBeNull();
    }

    [Fact]
    public async Task Save_WithoutTheSecret_KeepsItAndItsVerdictUntilTheKeyChanges()
    {
        await using var vendor = await NotifyAdminApp.StartAsync();
        await using var app = await vendor.StartCustomerAsync();
        var account = (await Accounts(app).CheckAsync((await app.AddAccountAsync(vendor)).Id, Admin, Stop))!;
        var typed = account.Values;
        typed.Name = "Renamed";

        var renamed = (await Accounts(app).SaveAsync(account, typed, Admin, Stop)).ShouldBeOfType<Saved<VendorAccountView>>().Stored;
        typed.AccessKeyId = "NAKIDother";
        var refused = await Accounts(app).SaveAsync(renamed, typed, Admin, Stop);
        typed.AccessKeySecret = "another-secret-of-another-key";
        var changed = (await Accounts(app).SaveAsync(renamed, typed, Admin, Stop)).ShouldBeOfType<Saved<VendorAccountView>>().Stored;

        (renamed.SecretMark, renamed.CheckCode).ShouldBe((account.SecretMark, "ok"));
        refused.ShouldBeOfType<Invalid<VendorAccountView>>().Refusals.ShouldHaveSingleItem().Field
            .ShouldBe(nameof(VendorAccountFormModel.AccessKeySecret));
        (changed.AccessKeyId, changed.CheckCode).ShouldBe(("NAKIDother", null));
        var trail = string.Join('\n', (await app.AuditEntriesAsync()).Select(entry => entry.Changes));
        trail.ShouldNotContain(NotifyAdminSettings.AccessKeySecret);
        trail.ShouldContain(NotifyAdminSettings.AccessKeySecret[^4..]);
    }

    [Fact]
    public async Task Save_EndpointThatIsNotListed_IsRefused()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        var result = await Accounts(app).SaveAsync(null, new VendorAccountFormModel
        {
            Name = "Elsewhere", Endpoint = "https://evil.example.com", AccessKeyId = "id", AccessKeySecret = "secret",
        }, Admin, Stop);

        result.ShouldBeOfType<Invalid<VendorAccountView>>().Refusals.ShouldHaveSingleItem().Field
            .ShouldBe(nameof(VendorAccountFormModel.Endpoint));
    }

    [Fact]
    public async Task Check_NothingListens_SaysThatThereIsNoVerdict()
    {
        await using var vendor = await NotifyAdminApp.StartAsync();
        await using var app = await vendor.StartCustomerAsync();
        var account = await app.AddAccountAsync(vendor);
        await vendor.DisposeAsync();

        var asked = await Accounts(app).CheckAsync(account.Id, Admin, Stop);

        VendorCodes.Passes(asked!.CheckCode!).ShouldBeTrue(asked.CheckCode);
    }

    [Fact]
    public async Task Delete_Account_IsGoneAndOnRecord()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await app.AddAccountAsync(vendor: null);

        await Accounts(app).DeleteAsync(1, Admin, Stop);

        (await Accounts(app).ListAsync(Admin, Stop)).ShouldBeEmpty();
        (await app.AuditEntriesAsync()).ShouldContain(entry => entry.Action == "vendor-account.delete");
    }

    private static VendorAccountService Accounts(NotifyAdminApp app) => app.Services.GetRequiredService<VendorAccountService>();
}
