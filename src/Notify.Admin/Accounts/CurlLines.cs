namespace Notify.Admin.Accounts;

/// <summary>The commands shown with a new key, ready to paste into a shell.</summary>
internal static class CurlLines
{
    /// <param name="baseAddress">Of this product, with a trailing slash.</param>
    public static string PostEvent(string baseAddress, string key) => $$$"""
        curl -X POST {{{baseAddress}}}api/events \
          -H "Authorization: Bearer {{{key}}}" \
          -H "Content-Type: application/cloudevents+json" \
          -d '{"specversion":"1.0","id":"'"$(date +%s)"'","source":"try-it","type":"scan.completed","data":{"scanId":"42","target":"shop.example","avgThreat":"High"}}'
        """;

    /// <inheritdoc cref="PostEvent"/>
    public static string UpdateSlack(string baseAddress, string key) => $$"""
        curl -X POST {{baseAddress}}api/UpdateSlack \
          -H "Content-Type: application/json" \
          -d '{"apiKey":"{{key}}","channelId":"C0123456789","slackToken":"xoxb-your-token","slackAvgThreat":"Medium","slackCompleteAborted":true}'
        """;
}
