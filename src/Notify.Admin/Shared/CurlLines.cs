using Notify.Admin.Channels;

namespace Notify.Admin.Shared;

/// <summary>The commands shown to whoever starts, ready to paste into a shell.</summary>
internal static class CurlLines
{
    /// <summary>Posts an event that a channel of this kind hears, and another one each time it is run.</summary>
    /// <param name="baseAddress">Of this product, with a trailing slash.</param>
    public static string PostEvent(string baseAddress, string key, ChannelKind heardBy)
    {
        var what = heardBy switch
        {
            ChannelKind.Slack => """
                "source":"my-scanner","type":"scan.completed","data":{"scanId":"42","target":"shop.example.com","avgThreat":"High"}
                """,
            ChannelKind.DingTalk => """
                "source":"my-scanner","type":"sas-event-suspicious","data":{"item_level":"serious","event_type":"Webshell","title":"Webshell found","asset":"web-01"}
                """,
        };
        return $$"""
            curl -X POST {{baseAddress}}api/events \
              -H "Authorization: Bearer {{key}}" \
              -H "Content-Type: application/cloudevents+json" \
              -d '{"specversion":"1.0","id":"'"$(date +%s)"'",{{what}}}'
            """;
    }

    /// <inheritdoc cref="PostEvent"/>
    public static string UpdateSlack(string baseAddress, string key) => $$"""
        curl -X POST {{baseAddress}}api/UpdateSlack \
          -H "Content-Type: application/json" \
          -d '{"apiKey":"{{key}}","channelId":"C0123456789","slackToken":"xoxb-your-token","slackAvgThreat":"Medium","slackCompleteAborted":true}'
        """;
}
