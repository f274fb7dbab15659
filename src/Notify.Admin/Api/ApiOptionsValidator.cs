using Microsoft.Extensions.Options;

namespace Notify.Admin.Api;

/// <summary>Refuses limits that make no sense; each message names the key, the value and the mend.</summary>
internal sealed class ApiOptionsValidator : IValidateOptions<ApiOptions>
{
    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        List<string> failures =
        [
            .. Range(nameof(options.RequestsPerSecondPerAddress), options.RequestsPerSecondPerAddress, ApiOptions.MostRequestsPerSecond),
            .. Range(nameof(options.RequestsPerSecondPerKey), options.RequestsPerSecondPerKey, ApiOptions.MostRequestsPerSecond),
            .. Range(nameof(options.FailuresPerMinutePerAddress), options.FailuresPerMinutePerAddress, ApiOptions.MostFailuresPerMinute),
        ];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Range(string key, int value, int most) =>
        value < 1 || value > most ? [$"{ApiOptions.Section}:{key} is '{value}': give a whole number from 1 to {most}."] : [];
}
