using Microsoft.Extensions.Options;

namespace Notify.Admin.Events;

/// <summary>Refuses origins that no sender can have; each message names the key, the value and the mend.</summary>
internal sealed class EventsOptionsValidator : IValidateOptions<EventsOptions>
{
    public ValidateOptionsResult Validate(string? name, EventsOptions options)
    {
        var wrong = options.AllowedOrigins
            .Select((origin, index) => (origin, index))
            .Where(given => given.origin != EventsOptions.AnyOrigin && Uri.CheckHostName(given.origin) != UriHostNameType.Dns)
            .Select(given => $"{EventsOptions.Section}:{nameof(options.AllowedOrigins)}:{given.index} is '{given.origin}': "
                + "give a host name such as eventgrid.azure.net, or * for every sender.")
            .ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
