using Microsoft.Extensions.Options;

namespace Notify.Admin.VendorAccounts;

/// <summary>Refuses a start with an endpoint that cannot be called.</summary>
internal sealed class VendorAccountOptionsValidator : IValidateOptions<VendorAccountOptions>
{
    private const string Key = $"{VendorAccountOptions.Section}:{nameof(VendorAccountOptions.SecurityCenterEndpoints)}";

    public ValidateOptionsResult Validate(string? name, VendorAccountOptions options)
    {
        var failures = options.Endpoints.Index()
            .Where(endpoint => VendorEndpoints.TryRead(endpoint.Item) is null)
            .Select(endpoint => $"{Key}:{endpoint.Index} is not an address of Security Center: give http or https, a host and nothing "
                + "after it, such as https://tds.cn-shanghai.aliyuncs.com")
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
