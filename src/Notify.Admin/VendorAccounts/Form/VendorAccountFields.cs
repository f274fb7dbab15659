using Notify.Admin.LiveForms;

namespace Notify.Admin.VendorAccounts;

/// <summary>What an account lets people set.</summary>
internal static class VendorAccountFields
{
    public static readonly FormTable<VendorAccountView, VendorAccountFormModel> Table =
        new FormTable<VendorAccountView, VendorAccountFormModel> { MergesUntouched = true }
            .Text(model => model.Name)
            .Choice(model => model.Kind)
            .Text(model => model.Endpoint)
            .Text(model => model.AccessKeyId)
            .Secret(new(nameof(VendorAccountFormModel.AccessKeySecret), "accessKeySecret",
                model => model.HasAccessKeySecret ? model.AccessKeySecret : null, (from, to) => to.AccessKeySecret = from.AccessKeySecret,
                stored => TailOf(stored, VendorKind.SecurityCenter), stored => MarkOf(stored, VendorKind.SecurityCenter)))
            .Secret(new(nameof(VendorAccountFormModel.SecurityToken), "securityToken",
                model => model.HasSecurityToken ? model.SecurityToken : null, (from, to) => to.SecurityToken = from.SecurityToken,
                stored => stored.TokenLastFour is { } four ? $"…{four}" : null, stored => stored.TokenMark)
            {
                PartOf = nameof(VendorAccountFormModel.AccessKeySecret),
            })
            .Secret(new(nameof(VendorAccountFormModel.ApiKey), "apiKey",
                model => model.HasApiKey ? model.ApiKey : null, (from, to) => to.ApiKey = from.ApiKey,
                stored => TailOf(stored, VendorKind.Kayran), stored => MarkOf(stored, VendorKind.Kayran)));

    // Either kind of account has one of the two.
    private static string? TailOf(VendorAccountView stored, VendorKind kind) =>
        stored.Kind == kind ? $"…{stored.SecretLastFour}" : null;

    private static string? MarkOf(VendorAccountView stored, VendorKind kind) => stored.Kind == kind ? stored.SecretMark : null;
}
