using Notify.Admin.DingTalk;
using Notify.Admin.Rules;

namespace Notify.Admin.SecurityCenter;

/// <summary>Reads each operation's parameters; throws <see cref="CallRefusedException"/> with <c>Missing…</c> or <c>InvalidParameter</c>,
/// which names the parameter and, inside JSON, the place.</summary>
internal sealed class CallBinder(WebhookAllowList webhooks)
{
    private const int MaxIds = 1000;

    public SaveChatbotCall ReadSave(CallParameters parameters)
    {
        var id = parameters.FindInt("Id", 1, int.MaxValue);
        return new SaveChatbotCall(
            id,
            ReadName(parameters),
            ReadSendUrl(parameters.Require("SendUrl"), isUpdate: id is not null),
            parameters.FindInt("IntervalTime", 0, int.MaxValue),
            parameters.Find("ConfigList") is { } rules ? ReadRules(rules) : null,
            parameters.Find("GroupIdList") is { } groups ? ReadGroups(groups) : null,
            ReadLanguage(parameters, "DingTalkLang"));
    }

    public static ListChatbotsCall ReadList(CallParameters parameters) => new(
        parameters.Find("RuleActionName") is { Length: > 0 } name ? CallParameters.CheckText("RuleActionName", name, 1, 64) : null,
        parameters.FindInt("CurrentPage", 1, int.MaxValue) ?? 1,
        parameters.FindInt("PageSize", 1, 100) ?? 20);

    public static DeleteChatbotsCall ReadDelete(CallParameters parameters) => new(ReadIds(parameters));

    public static SwitchChatbotsCall ReadSwitch(CallParameters parameters) =>
        new(ReadIds(parameters), parameters.RequireInt("Status", 0, 1) == 1);

    public static TestChatbotCall ReadTest(CallParameters parameters) => new(parameters.RequireInt("Id", 1, int.MaxValue));

    public static DescribeCall ReadDescribeDataSource(CallParameters parameters) =>
        parameters.Find("ConfigType") is null or "" or "DingTalk"
            ? ReadDescribe(parameters)
            : throw CallParameters.Invalid("ConfigType", "it must be DingTalk");

    public static DescribeCall ReadDescribe(CallParameters parameters) => new(ReadLanguage(parameters, "Lang") ?? DingTalkLanguage.Zh);

    private static string ReadName(CallParameters parameters)
    {
        var name = CallParameters.CheckText("RuleActionName", parameters.Require("RuleActionName"), 2, 64);
        return string.IsNullOrWhiteSpace(name) ? throw CallParameters.Invalid("RuleActionName", "it must not be blank") : name;
    }

    private SendUrl ReadSendUrl(string text, bool isUpdate)
    {
        if (isUpdate && WebhookAllowList.IsMasked(text))
        {
            return new SendUrl(null, text);
        }

        return webhooks.TryReadUrl(text, out var webhook, out var refusal)
            ? new SendUrl(webhook, null)
            : throw CallParameters.Invalid("SendUrl", DingTalkExplanations.ExplainInEnglish(refusal, webhooks).TrimEnd('.'));
    }

    private static ConfigList ReadRules(string json)
    {
        if (json.Length == 0)
        {
            return ConfigList.Empty;
        }

        var result = ConfigList.Parse(json);
        return result.IsValid
            ? result.List
            : throw CallParameters.Invalid("ConfigList" + result.Errors[0].Path, result.Errors[0].Describe(RuleLanguage.En).TrimEnd('.'));
    }

    private static IReadOnlyList<string> ReadGroups(string text) => GroupIds.TryRead(text, out var ids, out var mistake)
        ? ids
        : throw CallParameters.Invalid("GroupIdList" + mistake.Path, mistake.Rule);

    private static DingTalkLanguage? ReadLanguage(CallParameters parameters, string name) => parameters.Find(name) switch
    {
        null => null,
        "zh" => DingTalkLanguage.Zh,
        "en" => DingTalkLanguage.En,
        _ => throw CallParameters.Invalid(name, "it must be zh or en"),
    };

    private static IReadOnlyList<int> ReadIds(CallParameters parameters)
    {
        var entries = parameters.Require("Ids").Split(',', StringSplitOptions.TrimEntries);
        return entries.Length <= MaxIds
            ? [.. entries.Select((entry, index) => CallParameters.ReadInt($"Ids[{index}]", entry, 1, int.MaxValue)).Distinct()]
            : throw CallParameters.Invalid("Ids", $"it may have {MaxIds} ids");
    }
}
