using Microsoft.Extensions.Options;

namespace Notify.Admin.FunctionAccess;

internal sealed class FunctionAccessOptionsValidator : IValidateOptions<FunctionAccessOptions>
{
    public ValidateOptionsResult Validate(string? name, FunctionAccessOptions options)
    {
        List<string> problems = [];
        if (options.DriftMinutes is not 0 and (< 5 or > 10_080))
        {
            problems.Add($"FunctionAccess:DriftMinutes is '{options.DriftMinutes}'. Use 0 (only on demand) or 5 to 10080.");
        }

        if (options.CallsPerMinute is < 1 or > 1000)
        {
            problems.Add($"FunctionAccess:CallsPerMinute is '{options.CallsPerMinute}'. Use 1 to 1000.");
        }

        if (options.UsersPerCall is < 1 or > 10_000)
        {
            problems.Add($"FunctionAccess:UsersPerCall is '{options.UsersPerCall}'. Use 1 to 10000.");
        }

        if (options.RetryDelay < TimeSpan.Zero || options.RetryDelay > TimeSpan.FromMinutes(1))
        {
            problems.Add($"FunctionAccess:RetryDelay is '{options.RetryDelay}'. Use 00:00:00 to 00:01:00.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
