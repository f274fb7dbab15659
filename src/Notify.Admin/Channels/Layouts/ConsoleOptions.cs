using System.Globalization;
using Microsoft.Extensions.Options;

namespace Notify.Admin.Channels;

/// <summary>Where people reach this console: messages link to it.</summary>
public sealed class ConsoleOptions
{
    public const string Section = "Console";

    /// <summary>Scheme, host and path, as a browser has them; without it messages have no link to the console.</summary>
    public string? Address { get; set; }

    /// <summary><see cref="Address"/> with a slash at its end; null where there is none.</summary>
    public Uri? Base => string.IsNullOrWhiteSpace(Address) ? null : new Uri(Address.Trim().TrimEnd('/') + "/");
}

/// <summary>Refuses an address that no browser could open.</summary>
internal sealed class ConsoleOptionsValidator : IValidateOptions<ConsoleOptions>
{
    public ValidateOptionsResult Validate(string? name, ConsoleOptions options) =>
        string.IsNullOrWhiteSpace(options.Address)
        || (Uri.TryCreate(options.Address.Trim(), UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && address is { UserInfo: "", Query: "", Fragment: "" })
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{ConsoleOptions.Section}:Address is '{options.Address}': give the http or https address of this "
                + "console without password and query, such as https://notify.example.com/.");
}

/// <summary>Addresses of this console for messages.</summary>
internal static class ConsoleLink
{
    /// <summary>The page of a stored event; null for one that is in no store, and where the console's address is not known.</summary>
    /// <param name="console">See <see cref="ConsoleOptions.Base"/>.</param>
    public static Uri? ToEvent(Uri? console, EventRecord record) => console is null || record.RowId == 0 ? null
        : new Uri(console, string.Create(CultureInfo.InvariantCulture, $"events?open={record.RowId}"));
}
