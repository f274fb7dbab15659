using Notify.Admin.Security;
using Notify.Admin.SecurityCenter;
using static Notify.Admin.IntegrationTests.Authorisation.Caller;

namespace Notify.Admin.IntegrationTests.Authorisation;

/// <summary>One line of the second half: a page, an endpoint or an operation, and what each caller is answered.</summary>
/// <param name="Name">As <see cref="ProductSurface"/> finds it, or <c>operation X</c>.</param>
/// <param name="Answer">The expected verdict for each caller.</param>
/// <param name="Path">Where to ask, if not at the route with <c>999</c> for its parameters.</param>
/// <param name="Body">JSON to send; <c>{key}</c> in it is the caller's API key.</param>
internal sealed record AuthorisedRequest(string Name, Func<Caller, Verdict> Answer, string? Path = null, string? Body = null);

/// <summary>The matrix, second half: pages, endpoints and operations of the Security Center API.</summary>
internal static class AuthorisedRequests
{
    public static readonly IReadOnlyList<AuthorisedRequest> All =
    [
        new("page /", Page(Policies.View)),
        new("page /slack/integrations", Page(Policies.View)),
        new("page /slack/integrations/new", Page(Policies.Edit)),
        new("page /slack/integrations/{Id:int}", Page(Policies.View)),
        new("page /sources", Page(Policies.View)),
        new("page /sources/new", Page(Policies.Edit)),
        new("page /sources/{Id:int}", Page(Policies.View)),
        new("page /sources/{Id:int}/mapping", Page(Policies.Administer)),
        new("page /slack/workspaces", Page(Policies.View)),
        new("page /slack/workspaces/new", Page(Policies.Edit)),
        new("page /slack/workspaces/{Id:int}", Page(Policies.View)),
        new("page /slack/functions", Page(Policies.View)),
        new("page /slack/functions/new", Page(Policies.Edit)),
        new("page /slack/functions/bulk", Page(Policies.Edit)),
        new("page /slack/functions/import", Page(Policies.Edit)),
        new("page /slack/functions/{Id:int}", Page(Policies.View)),
        new("page /dingtalk/chatbots", Page(Policies.View)),
        new("page /dingtalk/chatbots/new", Page(Policies.Edit)),
        new("page /dingtalk/chatbots/{Id:int}", Page(Policies.View)),
        new("page /dingtalk/chatbots/asset-groups", Page(Policies.View)),
        new("page /inhibitions", Page(Policies.View)),
        new("page /inhibitions/new", Page(Policies.Edit)),
        new("page /inhibitions/{Id:int}", Page(Policies.View)),
        new("page /rule-sets", Page(Policies.View)),
        new("page /rule-sets/new", Page(Policies.Edit)),
        new("page /rule-sets/{Id:int}", Page(Policies.View)),
        new("page /events", Page(Policies.View)),
        new("page /where", Page(Policies.View)),
        new("page /maintenance", Page(Policies.View)),
        new("page /coverage", Page(Policies.View)),
        new("page /deliveries", Page(Policies.View)),
        new("page /people", Page(Policies.Administer)),
        new("page /people/keys", Page(Policies.Administer)),
        new("page /accounts", Page(Policies.Administer)),
        new("page /accounts/new", Page(Policies.Administer)),
        new("page /accounts/{Id:int}", Page(Policies.Administer)),
        new("page /accounts/{Id:int}/publish", Page(Policies.Administer)),
        new("page /audit", Page(Policies.Administer)),
        new("page /settings", Page(Policies.Administer)),
        new("page /settings/secrets", Page(Policies.Administer)),
        new("page /settings/file", Page(Policies.Administer)),
        new("page /profile", Page(Policies.View)),
        new("page /not-found", Page(Policies.View)),
        new("page /setup", Open),
        new("page /Account/Login", Open),
        // Without the first step of a log-in before it.
        new("page /Account/Code", _ => Verdict.LogIn),
        new("page /Account/Accept", Open),
        new("page /Account/Denied", Open),
        new("page /Account/Password", Page(Policies.View)),
        new("page /Account/TwoFactor", Page(Policies.View)),

        new(ProductSurface.StaticFiles, Open, Path: "/favicon.svg"),
        new("GET POST /culture", Open, Path: "/culture?lang=en"),
        new("GET POST /theme", Open, Path: "/theme?value=dark"),
        new("POST /Account/Logout", Open),
        new("POST /Account/Display", Page(Policies.View)),
        new("POST /Account/Passkeys/CreationOptions", Page(Policies.View)),
        new("POST /Account/Passkeys/Add", Page(Policies.View)),
        new("POST /Account/Passkeys/RequestOptions", Open),
        new("POST /Account/Passkeys/LogIn", Open),
        new("GET /audit/export", Page(Policies.Administer), Path: "/audit/export?format=csv"),
        new("GET /slack/functions/export", Page(Policies.View)),
        new("GET /people/export", Page(Policies.Administer)),
        new("GET /settings/file/export", Page(Policies.Administer)),
        new("GET /slack/integrations/export", Page(Policies.View)),
        new("GET /dingtalk/chatbots/export", Page(Policies.View)),
        new("/health/live", Open),
        new("/health/ready", Open),
        // A program on the same machine, unless forwarded, as every request of this walk says it was.
        new("GET /metrics", AnyKey),
        new("/api/docs/{**path}", who => IsPerson(who) ? Verdict.Yes : AnyKey(who), Path: "/api/docs/index.html"),
        new("GET /openapi/{documentName}.json", who => IsPerson(who) ? Verdict.Yes : AnyKey(who), Path: "/openapi/v1.json"),

        new("POST /api/events", who => who == IngestKey ? Verdict.Yes : Key(Policies.Operate)(who),
            Body: """{"specversion":"1.0","id":"matrix","source":"matrix","type":"scan.started","data":{"trigger":"queue"}}"""),
        new("OPTIONS /api/events", Open),
        new("POST /api/UpdateSlack", Key(Policies.Edit),
        Body: """{"apiKey":"{key}","channelId":"C0MATRIX01","slackToken":"xoxb-matrix"}"""),
        new("GET PUT PATCH DELETE /api/UpdateSlack", Open),
        new("POST /UpdateSlack", Key(Policies.Edit),
        Body: """{"apiKey":"{key}","channelId":"C0MATRIX02","slackToken":"xoxb-matrix"}"""),
        new("GET PUT PATCH DELETE /UpdateSlack", Open),
        new("GET /api/deliveries", Key(Policies.View)),
        new("GET /api/audit", Key(Policies.Administer)),
        new("GET /api/audit/verify", Key(Policies.Administer)),
        new("GET /api/channels/{kind}/{id:int}/rules", Key(Policies.View)),
        new("PUT /api/channels/{kind}/{id:int}/rules", Key(Policies.Edit)),
        new("GET /api/channels/slack", Key(Policies.View)),
        new("POST /api/channels/slack", Key(Policies.Edit)),
        new("GET /api/channels/slack/{id:int}", Key(Policies.View)),
        new("PATCH /api/channels/slack/{id:int}", Key(Policies.Edit)),
        new("DELETE /api/channels/slack/{id:int}", Key(Policies.Edit)),
        new("GET /api/channels/dingtalk", Key(Policies.View)),
        new("POST /api/channels/dingtalk", Key(Policies.Edit)),
        new("GET /api/channels/dingtalk/{id:int}", Key(Policies.View)),
        new("PATCH /api/channels/dingtalk/{id:int}", Key(Policies.Edit)),
        new("DELETE /api/channels/dingtalk/{id:int}", Key(Policies.Edit)),
        new("GET /api/asset-groups", Key(Policies.View)),
        new("POST /api/asset-groups", Key(Policies.Edit)),
        new("GET /api/asset-groups/{id:int}", Key(Policies.View)),
        new("PATCH /api/asset-groups/{id:int}", Key(Policies.Edit)),
        new("DELETE /api/asset-groups/{id:int}", Key(Policies.Edit)),
        new("GET /api/accounts", Key(Policies.Administer)),
        new("POST /api/accounts", Key(Policies.Administer)),
        new("GET /api/accounts/{id:int}", Key(Policies.Administer)),
        new("PATCH /api/accounts/{id:int}", Key(Policies.Administer)),
        new("DELETE /api/accounts/{id:int}", Key(Policies.Administer)),
        new("GET /api/accounts/{id:int}/chatbots", Key(Policies.Administer)),
        new("POST /api/accounts/{id:int}/chatbots", Key(Policies.Administer)),
        new("POST /api/accounts/{id:int}/publish/plan", Key(Policies.Administer)),
        new("POST /api/accounts/{id:int}/publish", Key(Policies.Administer)),
        new("GET /api/accounts/{id:int}/publish", Key(Policies.Administer)),
        new("GET /api/tags", Key(Policies.View)),
        new("POST /api/tags", Key(Policies.Edit)),
        new("GET /api/tags/{name}", Key(Policies.View)),
        new("PATCH /api/tags/{name}", Key(Policies.Edit)),
        new("DELETE /api/tags/{name}", Key(Policies.Edit)),
        new("GET /api/accounts/{id:int}/asset-groups", Key(Policies.Administer)),
        new("POST /api/accounts/{id:int}/asset-groups", Key(Policies.Administer)),
        new("GET /api/inhibitions", Key(Policies.View)),
        new("POST /api/inhibitions", Key(Policies.Edit)),
        new("GET /api/inhibitions/{id:int}", Key(Policies.View)),
        new("PATCH /api/inhibitions/{id:int}", Key(Policies.Edit)),
        new("DELETE /api/inhibitions/{id:int}", Key(Policies.Edit)),
        new("GET /api/rule-sets", Key(Policies.View)),
        new("POST /api/rule-sets", Key(Policies.Edit)),
        new("GET /api/rule-sets/{id:int}", Key(Policies.View)),
        new("PUT /api/rule-sets/{id:int}", Key(Policies.Edit)),
        new("DELETE /api/rule-sets/{id:int}", Key(Policies.Edit)),
        new("GET /api/config", Key(Policies.Administer)),
        new("POST /api/config/plan", Key(Policies.Administer)),
        new("PUT /api/config", Key(Policies.Administer)),
        new("GET /schemas/notify.json", Open),
        new("GET /api/maintenance", Key(Policies.View)),
        new("GET /api/maintenance/{id:int}", Key(Policies.View)),
        new("POST /api/maintenance", Key(Policies.Operate)),
        new("PUT /api/maintenance/{id:int}", Key(Policies.Operate)),
        new("DELETE /api/maintenance/{id:int}", Key(Policies.Operate)),
        new("GET /api/sources", Key(Policies.View)),
        new("POST /api/sources", Key(Policies.Edit)),
        new("GET /api/sources/{id:int}", Key(Policies.View)),
        new("PATCH /api/sources/{id:int}", Key(Policies.Edit)),
        new("DELETE /api/sources/{id:int}", Key(Policies.Edit)),
        new("POST /api/sources/{id:int}/rotate", Key(Policies.Edit)),
        new("GET /api/sources/{id:int}/polls", Key(Policies.View)),
        new("POST /api/sources/{id:int}/poll", Key(Policies.Operate)),
        new("POST /api/sources/{id:int}/map-again", Key(Policies.Operate)),
        new("GET /api/sources/{id:int}/mappings", Key(Policies.Administer)),
        new("GET /api/sources/{id:int}/payloads", Key(Policies.Administer)),
        // The key in the address lets in; this one is nobody's.
        new("POST /in/{key}", _ => Verdict.Unknown),
        new("POST /in", _ => Verdict.Unknown),
        // In DingTalk's and Slack's words, which are other statuses.
        new("POST /robot/send", Open),
        new("POST /services/{a}/{b}/{c}", Open),
        new("GET /api/slack-workspaces", Key(Policies.View)),
        new("POST /api/slack-workspaces", Key(Policies.Edit)),
        new("GET /api/slack-workspaces/{id:int}", Key(Policies.View)),
        new("PATCH /api/slack-workspaces/{id:int}", Key(Policies.Edit)),
        new("DELETE /api/slack-workspaces/{id:int}", Key(Policies.Edit)),
        new("POST /api/slack-workspaces/{id:int}/check", Key(Policies.Operate)),
        new("POST /api/slack-workspaces/{id:int}/renew", Key(Policies.Edit)),
        new("GET /api/slack-workspaces/{id:int}/people", Key(Policies.View)),
        new("POST /api/slack-workspaces/{id:int}/people/read", Key(Policies.Operate)),
        new("GET /api/slack-workspaces/{id:int}/teams", Key(Policies.View)),
        new("GET /api/function-access", Key(Policies.View)),
        new("POST /api/function-access", Key(Policies.Edit)),
        new("POST /api/function-access/check", Key(Policies.Operate)),
        new("GET /api/function-access/export", Key(Policies.View)),
        new("POST /api/function-access/import", Key(Policies.Operate)),
        new("POST /api/function-access/import/apply", Key(Policies.Edit)),
        new("POST /api/function-access/bulk/plan", Key(Policies.Operate)),
        new("POST /api/function-access/bulk/apply", Key(Policies.Edit)),
        new("GET /api/function-access/bulk/{bulkId:guid}", Key(Policies.View),
        Path: "/api/function-access/bulk/00000000-0000-0000-0000-000000000999"),
        new("GET /api/function-access/compare", Key(Policies.View)),
        new("GET /api/function-access/{id:int}", Key(Policies.View)),
        new("PATCH /api/function-access/{id:int}", Key(Policies.Edit)),
        new("DELETE /api/function-access/{id:int}", Key(Policies.Edit)),
        new("GET /api/function-access/{id:int}/history", Key(Policies.View)),
        new("POST /api/function-access/{id:int}/plan", Key(Policies.Operate)),
        new("POST /api/function-access/{id:int}/apply", Key(Policies.Edit)),
        new("POST /api/function-access/{id:int}/check", Key(Policies.Operate)),
        new("POST /api/function-access/{id:int}/accept", Key(Policies.Edit)),

        Operation(SecurityCenterOperation.DescribeDingTalk, Policies.View),
        Operation(SecurityCenterOperation.DescribeDataSource, Policies.View),
        Operation(SecurityCenterOperation.DescribeGroupStruct, Policies.View),
        Operation(SecurityCenterOperation.DescribeAllGroups, Policies.View),
        Operation(SecurityCenterOperation.DingTalkOnlineTest, Policies.Operate),
        Operation(SecurityCenterOperation.CreateOrUpdateDingTalk, Policies.Edit),
        Operation(SecurityCenterOperation.DeleteDingTalk, Policies.Edit),
        Operation(SecurityCenterOperation.ModifyDingTalkStatus, Policies.Edit),
    ];

    public static string NameOf(SecurityCenterOperation operation) => $"operation {operation}";

    private static AuthorisedRequest Operation(SecurityCenterOperation operation, string policy) => new(NameOf(operation), who => who switch
    {
        ViewerPair or OperatorPair or AdminPair => Admits(policy, who),
        DisabledPair => Verdict.NoPair,
        _ => Verdict.Unsigned,
    }, Path: $"/?Action={operation}");

    // Keys and pairs are for programs; a page takes them for nobody.
    private static Func<Caller, Verdict> Page(string policy) => who => IsPerson(who) ? Admits(policy, who) : Verdict.LogIn;

    private static Func<Caller, Verdict> Key(string policy) => who => who switch
    {
        ViewerKey or OperatorKey or AdminKey => Admits(policy, who),
        IngestKey or DemotedIngestKey => Verdict.Forbidden,
        _ => Verdict.Unknown,
    };

    private static Verdict AnyKey(Caller who) =>
        who is IngestKey or DemotedIngestKey or ViewerKey or OperatorKey or AdminKey ? Verdict.Yes : Verdict.Unknown;

    private static Verdict Open(Caller who) => Verdict.Yes;

    private static bool IsPerson(Caller who) => who is Viewer or Operator or Caller.Admin;

    private static Verdict Admits(string policy, Caller who) =>
        Policies.RolesOf[policy].Contains(RoleOf(who)) ? Verdict.Yes : Verdict.Forbidden;

    private static string RoleOf(Caller who) => who switch
    {
        Viewer or ViewerKey or ViewerPair => Roles.Viewer,
        Operator or OperatorKey or OperatorPair => Roles.Operator,
        _ => Roles.Admin,
    };
}
