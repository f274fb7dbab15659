using Microsoft.Extensions.Options;

namespace Notify.Admin.Slack;

/// <summary>Refuses settings that could only fail later; each message names the key, the value and the mend.</summary>
internal sealed class SlackOptionsValidator : IValidateOptions<SlackOptions>
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(2);

    public ValidateOptionsResult Validate(string? name, SlackOptions options)
    {
        var failures = new List<string>();

        if (!Uri.TryCreate(options.ApiUrl, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
            || url.Host.Length == 0)
        {
            failures.Add($"{SlackOptions.Section}:ApiUrl is '{options.ApiUrl}': give an absolute http or https address such as https://slack.com/api/.");
        }
        else if (url.UserInfo.Length > 0)
        {
            failures.Add($"{SlackOptions.Section}:ApiUrl contains a user name or password: give the address without them.");
        }
        else if (url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            failures.Add($"{SlackOptions.Section}:ApiUrl contains a query or fragment: give only scheme, host and path.");
        }

        if (options.Timeout <= TimeSpan.Zero || options.Timeout > LongestTimeout)
        {
            failures.Add($"{SlackOptions.Section}:Timeout is '{options.Timeout}': give more than 00:00:00 and at most {LongestTimeout}.");
        }

        foreach (var host in options.SocketHosts ?? [])
        {
            if (!Uri.TryCreate($"wss://{host.TrimStart('.')}/", UriKind.Absolute, out var socket) || socket.Host.Length == 0
                || socket.PathAndQuery != "/" || socket.UserInfo.Length > 0 || host.Contains('/', StringComparison.Ordinal))
            {
                failures.Add($"{SlackOptions.Section}:SocketHosts has '{host}': give a host such as wss-primary.slack.com, "
                    + "or .slack.com for all below it.");
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
