using System.Globalization;
using Notify.Admin.Channels;
using Notify.Admin.Events;

namespace Notify.Admin.Load;

/// <summary>Events as intake would write them.</summary>
internal static class LoadEvents
{
    public static NewEvent Of(long number, DateTimeOffset now, ChannelKey channel)
    {
        var id = number.ToString("D12", CultureInfo.InvariantCulture);
        var parsed = new ParsedEvent(
            id, "load.example.com", "sas-event-suspicious", now,
            new EventFields { ItemLevel = "serious", EventType = "Webshell", GroupId = "100", Title = "Webshell found on web-01",
            Asset = "web-01 (10.0.0.1)" },
            $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"load.example.com","type":"sas-event-suspicious","data":{"item_level":"serious","event_type":"Webshell","groupId":100,"title":"Webshell found on web-01","asset":"web-01 (10.0.0.1)"}}""");
        return new NewEvent(new PreparedEvent(parsed, now).ToRow(now, 1, default), [new ChannelMatch(channel, "rule 1")]);
    }
}
