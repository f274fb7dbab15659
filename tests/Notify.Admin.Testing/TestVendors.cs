using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.VendorAccounts;
using Notify.Sandbox;
using Notify.Sandbox.SecurityCenter;

namespace Notify.Admin.Testing;

/// <summary>The product as the vendor, and another instance with an account there.</summary>
public static class TestVendors
{
    private static readonly Actor Admin = new(null, "admin@example.test", Roles.Admin, "test");

    /// <summary>Starts a product that may call <paramref name="vendor"/>.</summary>
    public static Task<NotifyAdminApp> StartCustomerAsync(this NotifyAdminApp vendor, DatabaseProvider provider = DatabaseProvider.Sqlite,
        NotifyAdminSettings? settings = null)
    {
        settings ??= new NotifyAdminSettings { Provider = provider };
        return NotifyAdminApp.StartAsync(settings with
        {
            Configuration = new Dictionary<string, string>(settings.Configuration)
            {
                ["VendorAccounts:SecurityCenterEndpoints:0"] = EndpointOf(vendor.BaseAddress),
                ["VendorAccounts:KayranAddresses:0"] = KayranAddressOf(vendor),
            },
        });
    }

    /// <param name="vendor">Null: nothing is called.</param>
    public static Task<VendorAccountView> AddAccountAsync(this NotifyAdminApp app, NotifyAdminApp? vendor,
        string keyId = NotifyAdminSettings.AccessKeyId, string secret = NotifyAdminSettings.AccessKeySecret) =>
        app.AddAccountAsync(vendor is null ? null : EndpointOf(vendor.BaseAddress), keyId, secret);

    /// <summary>The account of the sandbox, which the configuration must list.</summary>
    public static Task<VendorAccountView> AddAccountAsync(this NotifyAdminApp app, SandboxServer sandbox) =>
        app.AddAccountAsync(EndpointOf(sandbox.BaseAddress), SecurityCenterSeeds.AccessKeyId, SecurityCenterSeeds.AccessKeySecret);

    /// <summary>An account at the same vendor, which serves Kayran's function as well.</summary>
    public static async Task<VendorAccountView> AddKayranAccountAsync(
        this NotifyAdminApp app, NotifyAdminApp vendor, string apiKey = NotifyAdminSettings.ApiKey) =>
        ((Saved<VendorAccountView>)await app.Services.GetRequiredService<VendorAccountService>().SaveAsync(null, new VendorAccountFormModel
        {
            Name = "Scanner", Kind = VendorKind.Kayran, Endpoint = KayranAddressOf(vendor), ApiKey = apiKey,
        }, Admin, CancellationToken.None)).Stored;

    /// <summary>As an account holds an address.</summary>
    public static string EndpointOf(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static string KayranAddressOf(NotifyAdminApp vendor) => $"{EndpointOf(vendor.BaseAddress)}/api";

    private static async Task<VendorAccountView> AddAccountAsync(this NotifyAdminApp app, string? endpoint, string keyId, string secret)
    {
        var accounts = app.Services.GetRequiredService<VendorAccountService>();
        var result = await accounts.SaveAsync(null, new VendorAccountFormModel
        {
            Name = "Production", Endpoint = endpoint ?? accounts.ListEndpoints(VendorKind.SecurityCenter, Admin)[0],
            AccessKeyId = keyId, AccessKeySecret = secret,
        }, Admin, CancellationToken.None);
        return ((Saved<VendorAccountView>)result).Stored;
    }
}
