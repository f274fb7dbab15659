using Microsoft.Extensions.Options;

namespace Notify.Admin.VendorAccounts;

/// <summary>Refuses a start with an address that cannot be called.</summary>
internal sealed class VendorAccountOptionsValidator : IValidateOptions<VendorAccountOptions>
{
    public ValidateOptionsResult Validate(string? name, VendorAccountOptions options)
    {
        List<string> failures =
        [
            .. Wrong(options, VendorKind.SecurityCenter).Select(index =>
                $"{KeyOf(nameof(options.SecurityCenterEndpoints), index)} is not an address of Security Center: give http or https, a host "
                + "and nothing after it, such as https://tds.cn-shanghai.aliyuncs.com"),
            .. Wrong(options, VendorKind.Kayran).Select(index =>
                $"{KeyOf(nameof(options.KayranAddresses), index)} is not an address of Kayran: give http or https, a host and the path "
                + "before the functions, such as https://kayran.live/api"),
        ];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<int> Wrong(VendorAccountOptions options, VendorKind vendor) =>
        options.EndpointsOf(vendor).Index().Where(one => VendorEndpoints.TryRead(vendor, one.Item) is null).Select(one => one.Index);

    private static string KeyOf(string setting, int index) => $"{VendorAccountOptions.Section}:{setting}:{index}";
}
