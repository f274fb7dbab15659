using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>Logging in through an OpenID Connect provider, in the configuration section <c>SingleSignOn</c>; off without <c>ClientId</c>.
/// Configuration only: whoever could change it in the browser could let anybody in.</summary>
public sealed class SingleSignOnOptions
{
    public const string Section = "SingleSignOn";

    // Keys of the time before discovery: they stop the start with the new name.
    private static readonly string[] GoneKeys = ["AuthorizationEndpoint", "TokenEndpoint", "UserInfoEndpoint"];

    /// <summary>What the log-in button calls the provider.</summary>
    public string Name { get; set; } = "SSO";

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>The provider's issuer: its discovery document is at <c>/.well-known/openid-configuration</c> below it.</summary>
    public string? Authority { get; set; }

    /// <summary>The redirect address as the provider knows it, where a proxy hides scheme or host from this program; otherwise it follows
    /// from the request.</summary>
    public string? CallbackAddress { get; set; }

    /// <summary>Separated by spaces.</summary>
    public string Scopes { get; set; } = "openid email profile";

    /// <summary>The claim that never changes for a person.</summary>
    public string SubjectClaim { get; set; } = "sub";

    public string EmailClaim { get; set; } = "email";

    /// <summary>The claim whose values decide about the role: a string, or an array of strings. A dot leads into an object.</summary>
    public string RoleClaim { get; set; } = "groups";

    /// <summary>Role → the values of the role claim that give it, separated by commas. The highest role wins; without one nobody comes
    /// in.</summary>
    public Dictionary<string, string> RoleValues { get; set; } = [];

    /// <summary>True where the provider never gives a person an email that is not theirs, but does not say <c>email_verified</c>.</summary>
    public bool TrustEmail { get; set; }

    /// <summary>False leaves the provider as the only way in: no password, one-time link or passkey opens anything.</summary>
    public bool LocalAccounts { get; set; } = true;

    public bool IsOn => !string.IsNullOrEmpty(ClientId);

    /// <summary>The role that these values of the role claim give; null where they give none.</summary>
    public string? RoleOf(IReadOnlyCollection<string> values) => Roles.All.FirstOrDefault(role =>
        RoleValues.TryGetValue(role, out var wanted) && Split(wanted).Any(value => values.Contains(value, StringComparer.Ordinal)));

    /// <exception cref="StartupException">Something is missing or wrong; the message names every key, and never the secret.</exception>
    public static SingleSignOnOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var gone = GoneKeys.Where(key => !string.IsNullOrEmpty(section[key])).Select(key => $"{Section}:{key}").ToList();
        if (gone.Count > 0)
        {
            throw new StartupException(
                $"{string.Join(", ", gone)}: not read any more. Set {Section}:{nameof(Authority)} to the provider's issuer (https://id.example.com) instead; the addresses come from its discovery document.");
        }

        var options = section.Get<SingleSignOnOptions>() ?? new SingleSignOnOptions();
        options.Validate();
        return options;
    }

    /// <exception cref="StartupException">Something is missing or wrong; the message names every key, and never the secret.</exception>
    public void Validate()
    {
        if (Problems().ToList() is { Count: > 0 } problems)
        {
            throw new StartupException(string.Join(' ', problems));
        }
    }

    private static string[] Split(string values) =>
        values.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // Codes, tokens and the secret must not cross a network in the clear.
    private static string? ProblemOfAddress(string key, string? value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? null
            : $"{Section}:{key} is '{value}'. Give an https address (http only on this machine).";

    private IEnumerable<string> Problems()
    {
        if (!IsOn)
        {
            return LocalAccounts
                ? []
                : [$"{Section}:LocalAccounts is false, but {Section}:ClientId is not set: nobody could log in. Configure single sign-on, or leave LocalAccounts out."];
        }

        string?[] problems =
        [
            ProblemOfAddress(nameof(Authority), Authority),
            Scopes.Split(' ').Contains("openid") ? null
            : $"{Section}:Scopes is '{Scopes}'. Keep openid among them: without it the provider does not say who comes.",
            string.IsNullOrEmpty(CallbackAddress) ? null : ProblemOfAddress(nameof(CallbackAddress), CallbackAddress),
            string.IsNullOrEmpty(ClientSecret)
            ? $"{Section}:ClientSecret is missing. Set the secret that the provider gave with the client." : null,
            string.IsNullOrEmpty(SubjectClaim) ? $"{Section}:SubjectClaim is empty. Name the claim that never changes for a person." : null,
            RoleValues.Keys.FirstOrDefault(role => !Roles.All.Contains(role)) is { } unknown
                ? $"{Section}:RoleValues:{unknown} is not a role. Use Admin, Operator or Viewer."
                : null,
            RoleValues.Values.Any(values => Split(values).Length > 0)
                ? null
                : $"{Section}:RoleValues is empty: nobody would get a role. Say which values of the claim '{RoleClaim}' make somebody Admin, Operator or Viewer.",
        ];
        return problems.OfType<string>();
    }
}
