using System.Net;
using System.Net.Mail;
using System.Text;
using Notify.Admin.Data;

namespace Notify.Admin.Mail;

/// <summary>How the way to the mail server is encrypted.</summary>
public enum SmtpSecurity
{
    None,

    /// <summary>A plain connection that turns to TLS before anything is said; usually port 587.</summary>
    StartTls,

    /// <summary>TLS from the first byte; usually port 465.</summary>
    Tls,
}

/// <summary>The mail server, in the configuration section <c>Smtp</c>; without <c>Host</c> the product sends no mail. Configuration only:
/// whoever could change it in the browser could have the server call anywhere, and read one-time links.</summary>
public sealed class SmtpOptions
{
    public const string Section = "Smtp";

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(1);

    public string? Host { get; set; }

    /// <summary>Null is the usual one of <see cref="Security"/>.</summary>
    public int? Port { get; set; }

    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>Empty sends without logging in.</summary>
    public string? UserName { get; set; }

    /// <summary>A secret.</summary>
    public string? Password { get; set; }

    /// <summary>The sender: <c>notify@example.com</c>, or <c>Notify.Admin &lt;notify@example.com&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>For one mail, from connecting to the server's last word.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    public bool IsOn => !string.IsNullOrWhiteSpace(Host);

    public int PortInUse => Port ?? Security switch
    {
        SmtpSecurity.None => 25,
        SmtpSecurity.Tls => 465,
        _ => 587,
    };

    /// <exception cref="StartupException">Something is missing or wrong; the message names every key, and never the password.</exception>
    public void Validate()
    {
        if (Problems().ToList() is { Count: > 0 } problems)
        {
            throw new StartupException(string.Join(' ', problems));
        }
    }

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private IEnumerable<string> Problems()
    {
        var hasName = !string.IsNullOrEmpty(UserName);
        var hasPassword = !string.IsNullOrEmpty(Password);
        if (!IsOn)
        {
            return string.IsNullOrEmpty(From) && !hasName && !hasPassword
                ? []
                : [$"{Section}:Host is empty although other keys of {Section} are given. Name the mail server, or take them out."];
        }

        string?[] problems =
        [
            Uri.CheckHostName(Host) == UriHostNameType.Unknown
                ? $"{Section}:Host is '{Host}'. Give a name or an address, without scheme and port." : null,
            PortInUse is < 1 or > IPEndPoint.MaxPort
            ? $"{Section}:Port is '{Port}'. Give a number from 1 to {IPEndPoint.MaxPort}, or leave it out." : null,
            Enum.IsDefined(Security) ? null : $"{Section}:Security is '{Security}'. Use None, StartTls or Tls.",
            MailAddress.TryCreate(From, out var from) && Ascii.IsValid(from.Address)
            ? null : $"{Section}:From is '{From}'. Give the sender's address, such as notify@example.com.",
            hasName == hasPassword ? null
            : $"{Section}:{(hasName ? "Password" : "UserName")} is empty although the other of the two is given. Give both, or neither.",
            hasName && Security == SmtpSecurity.None && !IsLoopback(Host!)
                ? $"{Section}:Security is 'None', but {Section}:UserName is given: the password would cross the network in the clear. Use StartTls or Tls."
                : null,
            Timeout <= TimeSpan.Zero || Timeout > LongestTimeout
            ? $"{Section}:Timeout is '{Timeout}'. Give a time up to {LongestTimeout}." : null,
        ];
        return problems.OfType<string>();
    }
}
