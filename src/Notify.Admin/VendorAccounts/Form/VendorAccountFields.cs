using Notify.Admin.LiveForms;

namespace Notify.Admin.VendorAccounts;

/// <summary>What an account lets people set.</summary>
internal static class VendorAccountFields
{
    public static readonly FormTable<VendorAccountView, VendorAccountFormModel> Table =
        new FormTable<VendorAccountView, VendorAccountFormModel> { MergesUntouched = true }
            .Text(model => model.Name)
            .Text(model => model.Endpoint)
            .Text(model => model.AccessKeyId)
            .Secret(new(nameof(VendorAccountFormModel.AccessKeySecret), "accessKeySecret",
                model => model.HasAccessKeySecret ? model.AccessKeySecret : null, (from, to) => to.AccessKeySecret = from.AccessKeySecret,
                stored => $"…{stored.SecretLastFour}", stored => stored.SecretMark))
            .Secret(new(nameof(VendorAccountFormModel.SecurityToken), "securityToken",
                model => model.HasSecurityToken ? model.SecurityToken : null, (from, to) => to.SecurityToken = from.SecurityToken,
                stored => stored.TokenLastFour is { } four ? $"…{four}" : null, stored => stored.TokenMark)
            {
                PartOf = nameof(VendorAccountFormModel.AccessKeySecret),
            });
}
