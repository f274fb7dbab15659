using System.Text.Json;

namespace Notify.Sandbox.SecurityCenter;

/// <summary><c>POST /</c> with <c>x-acs-action</c>: Alibaba Cloud Security Center (product Sas, version 2018-12-03).</summary>
internal static class SecurityCenterEndpoint
{
    public static void MapSecurityCenter(this IEndpointRouteBuilder routes) => routes.MapPost("/", HandleAsync);

    private static async Task HandleAsync(HttpContext http)
    {
        var state = http.RequestServices.GetRequiredService<SandboxState>();
        var request = await SecurityCenterRequest.ReadAsync(http);
        var arguments = JsonSerializer.SerializeToElement(request.Parameters);
        var call = new CallTarget(SandboxTarget.SecurityCenter, request.Action, request.KeyId, [], CallTarget.LastFour(request.KeyId))
        {
            Content = arguments.GetRawText,
        };
        await Exchange.RunAsync(http, state, call, () => Judge(state, request), arguments);
    }

    private static Answer Judge(SandboxState state, SecurityCenterRequest request)
    {
        var vendor = state.SecurityCenter;
        if (request.FindRefusal(vendor.Keys.Find(request.KeyId), vendor.Now) is { } refusal)
        {
            return refusal;
        }

        var paging = Paging.Read(request.Parameters, state.Settings.SecurityCenterPageSize);
        return request.Action switch
        {
            "DescribeSuspEvents" => AlertLists.Alerts(vendor, request.Parameters, paging),
            "DescribeVulList" => AlertLists.Vulnerabilities(vendor, request.Parameters, paging),
            "DescribeCheckWarningSummary" => AlertLists.Baselines(vendor, paging),
            "DescribeWarningMachines" => AlertLists.Machines(vendor, request.Parameters, paging),
            "DescribeAccesskeyLeakList" => AlertLists.Leaks(vendor, request.Parameters, paging),
            "DescribeCloudCenterInstances" => AlertLists.Assets(vendor, request.Parameters, paging),
            "DescribeAllGroups" => AlertLists.Groups(),
            "DescribeDingTalk" => Chatbots.List(vendor, request.Parameters, paging),
            "CreateOrUpdateDingTalk" => Chatbots.Save(vendor, request.Parameters),
            "ModifyDingTalkStatus" => Chatbots.Switch(vendor, request.Parameters),
            "DeleteDingTalk" => Chatbots.Delete(vendor, request.Parameters),
            "" => SecurityCenterAnswers.Error(400, "MissingAction", "Action is mandatory for this action."),
            _ => SecurityCenterAnswers.Error(404, "InvalidAction.NotFound", "Specified api is not found."),
        };
    }
}
