using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Notify.Admin.ConfigFiles;

/// <summary>A section of the file as a resource of the API.</summary>
/// <param name="Noun">With its article: <c>a Slack integration</c>.</param>
/// <param name="Id">Of its operations: <c>SlackIntegration</c>.</param>
/// <param name="Example">A body that is accepted, and creates one.</param>
/// <param name="Change">A merge patch that is accepted for the example.</param>
internal sealed record ObjectResource(
    string Route, string Section, string Noun, string Id, string ApiTag, bool HasTags,
    [StringSyntax(StringSyntaxAttribute.Json)] string Example, [StringSyntax(StringSyntaxAttribute.Json)] string Change)
{
    public static readonly IReadOnlyList<ObjectResource> All =
    [
        new("/api/channels/slack", "slack", "a Slack integration", "SlackIntegration", "Channels", HasTags: true,
            """
            {
              "name": "Shop scans", "channelId": "C0123456789", "slackToken": "xoxb-0000000000-example", "slackCompleteAborted": true,
              "slackAvgThreat": "Medium", "tags": ["shop", "team:web"],
              "quietHours": { "from": "22:00", "to": "07:00", "timeZone": "Europe/Berlin", "letCriticalThrough": true }
            }
            """,
            """{ "slackAvgThreat": "High", "tags": ["shop"], "quietHours": { "from": "23:00" } }"""),
        new("/api/channels/dingtalk", "dingtalk", "a DingTalk chatbot", "DingTalkChatbot", "Channels", HasTags: true,
            """
            {
              "name": "Security on call",
              "url": "https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
              "securityMode": "Keyword", "keyword": "Security Center", "dingTalkLang": "En", "groupIdList": ["7"], "tags": ["shop"],
              "configList": [
                {
                  "type": "sas_analysis_online-sas-operation-log-sas-event-suspicious",
                  "configItemList": [{ "key": "item_level", "valueList": ["serious", "suspicious"] }]
                }
              ]
            }
            """,
            """{ "isOn": false, "groupIdList": null }"""),
        new("/api/asset-groups", "assetGroups", "an asset group", "AssetGroup", "Asset groups", HasTags: false,
            """{ "id": 4711, "name": "Web shop" }""", """{ "name": "Web shop, production" }"""),
        new("/api/accounts", "accounts", "an account", "Account", "Accounts", HasTags: false,
            """
            {
              "name": "Cloud security", "kind": "SecurityCenter", "endpoint": "https://tds.cn-shanghai.aliyuncs.com",
              "accessKeyId": "LTAI5tExample", "accessKeySecret": "0123456789abcdefghijklmnopqrst"
            }
            """,
            """{ "name": "Cloud security, production" }"""),
        new("/api/inhibitions", "inhibitions", "an inhibition", "Inhibition", "Inhibitions", HasTags: false,
            """
            {
              "name": "Hosts and their services", "hours": 12,
              "problems": [{ "name": "Host down", "conditions": [{ "on": "text", "contains": "host down" }] }],
              "dependants": [
                { "conditions": [{ "on": "source", "oneOf": ["https://monitoring.example.com"] }, { "on": "severity", "from": "low" }] }
              ]
            }
            """,
            """{ "label": "cluster", "hours": null, "isOn": false }"""),
    ];

    public JsonNode ParseExample() => JsonNode.Parse(Example)!;

    public JsonNode ParseChange() => JsonNode.Parse(Change)!;
}
