namespace Notify.Admin.Slack;

/// <summary>Settings of the Slack Web API client, in the configuration section <c>Slack</c>.</summary>
public sealed class SlackOptions
{
    public const string Section = "Slack";

    /// <summary>Base address of the Web API; the method name is appended. A missing slash at its end is added.</summary>
    public string ApiUrl { get; set; } = "https://slack.com/api/";

    /// <summary>How long one call may take, from connecting to the last byte of the answer; more than zero and at most two
    /// minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Where connections of Socket Mode may lead: hosts, <c>.slack.com</c> for all below it, each with a port if wanted. The host
    /// of <see cref="ApiUrl"/> is always among them. Null is <see cref="DefaultSocketHosts"/>.</summary>
    public string[]? SocketHosts { get; set; }

    internal static readonly string[] DefaultSocketHosts = [".slack.com"];

    /// <summary><see cref="ApiUrl"/> as an address that method names can be appended to.</summary>
    public Uri BaseAddress => new(ApiUrl.EndsWith('/') ? ApiUrl : ApiUrl + "/", UriKind.Absolute);
}
