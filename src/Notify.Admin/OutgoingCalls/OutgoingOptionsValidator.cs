using Microsoft.Extensions.Options;

namespace Notify.Admin.OutgoingCalls;

/// <summary>Refuses a start with a proxy that cannot be one. The value is not shown, since it may hold a password.</summary>
internal sealed class OutgoingOptionsValidator : IValidateOptions<OutgoingOptions>
{
    public ValidateOptionsResult Validate(string? name, OutgoingOptions options)
    {
        // The environment is looked at only where nothing is configured.
        (string Key, string? Value)[] read = options.Proxy is not null
            ? [($"{OutgoingOptions.Section}:{nameof(OutgoingOptions.Proxy)}", options.Proxy)]
            : [("HTTPS_PROXY", options.EnvironmentHttps), ("HTTP_PROXY", options.EnvironmentHttp)];
        var failures = read
            .Where(setting => !string.IsNullOrWhiteSpace(setting.Value) && !OutgoingProxy.IsNone(setting.Value)
                && !ProxyAddress.TryRead(setting.Value, out _))
            .Select(setting => $"{setting.Key} is not the address of a proxy: give http://host:port, with user:password@ before the host "
                + $"if it wants a log-in, or {OutgoingOptions.None}.")
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
