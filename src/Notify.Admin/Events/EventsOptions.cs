namespace Notify.Admin.Events;

/// <summary>Settings of taking events in, in the configuration section <c>Events</c>.</summary>
public sealed class EventsOptions
{
    public const string Section = "Events";

    public const string AnyOrigin = "*";

    /// <summary>Senders whose validation request is answered with consent, by the name in <c>WebHook-Request-Origin</c>; <c>*</c> is
    /// everyone.</summary>
    public string[] AllowedOrigins { get; set; } = [];

    public bool Allows(string origin) =>
        AllowedOrigins.Contains(AnyOrigin) || AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase);
}
