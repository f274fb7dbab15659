using System.Globalization;
using System.Text.Json.Nodes;

namespace Notify.Sandbox.SecurityCenter;

/// <summary>The vendor's operations on chatbots. As there, creating one answers no id, what is left out of a change stays, and webhooks
/// are read back masked.</summary>
internal static class Chatbots
{
    private const long AliUid = 12312412341;

    public static Answer List(SecurityCenterState state, IReadOnlyDictionary<string, string> parameters, Paging paging)
    {
        var name = parameters.GetValueOrDefault("RuleActionName") ?? "";
        var found = state.Chatbots.All.Where(chatbot => chatbot.Name.Contains(name, StringComparison.Ordinal))
            .OrderByDescending(chatbot => chatbot.Id).ToList();
        return SecurityCenterAnswers.Ok(new JsonObject
        {
            ["ActionList"] = new JsonArray([.. paging.Of(found).Select(chatbot => (JsonNode)Describe(chatbot))]),
            ["PageInfo"] = new JsonObject
            {
                ["CurrentPage"] = paging.Page, ["PageSize"] = paging.Size, ["TotalCount"] = found.Count,
            },
        });
    }

    public static Answer Save(SecurityCenterState state, IReadOnlyDictionary<string, string> parameters)
    {
        var chatbot = new SandboxChatbot { CreatedAt = state.Now };
        if (parameters.TryGetValue("Id", out var id))
        {
            if (Find(state, id) is not { } standing)
            {
                return SecurityCenterAnswers.Invalid("Id");
            }

            chatbot = standing;
        }

        foreach (var required in (string[])["RuleActionName", "SendUrl"])
        {
            if (string.IsNullOrEmpty(parameters.GetValueOrDefault(required)))
            {
                return SecurityCenterAnswers.Error(400, $"Missing{required}", $"{required} is mandatory for this action.");
            }
        }

        var interval = chatbot.IntervalTime;
        if (parameters.TryGetValue("IntervalTime", out var minutes)
            && !int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out interval))
        {
            return SecurityCenterAnswers.Invalid("IntervalTime");
        }

        chatbot = chatbot with
        {
            Name = parameters["RuleActionName"],
            SendUrl = parameters["SendUrl"],
            IntervalTime = interval,
            ConfigList = parameters.GetValueOrDefault("ConfigList", chatbot.ConfigList),
            GroupIdList = parameters.GetValueOrDefault("GroupIdList", chatbot.GroupIdList),
            Language = parameters.GetValueOrDefault("DingTalkLang", chatbot.Language),
            ChangedAt = state.Now,
        };
        if (chatbot.FindWrong() is { } wrong)
        {
            return SecurityCenterAnswers.Invalid(wrong);
        }

        state.Chatbots.Put(chatbot.Id > 0 ? chatbot : chatbot with { Id = state.NextChatbotId() });
        return SecurityCenterAnswers.Ok([]);
    }

    public static Answer Switch(SecurityCenterState state, IReadOnlyDictionary<string, string> parameters) =>
        parameters.GetValueOrDefault("Status") is not ("0" or "1") ? SecurityCenterAnswers.Invalid("Status")
            : WithAll(state, parameters, chatbot => state.Chatbots.Put(
                chatbot with { IsOn = parameters["Status"] == "1", ChangedAt = state.Now }));

    public static Answer Delete(SecurityCenterState state, IReadOnlyDictionary<string, string> parameters) =>
        WithAll(state, parameters, chatbot => state.Chatbots.Remove(SecurityCenterState.Key(chatbot.Id)));

    // One that is not there refuses all.
    private static Answer WithAll(
        SecurityCenterState state, IReadOnlyDictionary<string, string> parameters, Action<SandboxChatbot> change)
    {
        if (string.IsNullOrEmpty(parameters.GetValueOrDefault("Ids")))
        {
            return SecurityCenterAnswers.Error(400, "MissingIds", "Ids is mandatory for this action.");
        }

        var found = parameters["Ids"].Split(',').Select(id => Find(state, id)).ToList();
        if (found.Contains(null))
        {
            return SecurityCenterAnswers.Invalid("Ids");
        }

        found.ForEach(chatbot => change(chatbot!));
        return SecurityCenterAnswers.Ok([]);
    }

    private static SandboxChatbot? Find(SecurityCenterState state, string id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? state.Chatbots.Find(SecurityCenterState.Key(number)) : null;

    private static JsonObject Describe(SandboxChatbot chatbot) => new()
    {
        ["Id"] = chatbot.Id,
        ["ActionName"] = chatbot.Name,
        ["Url"] = chatbot.MaskedUrl,
        ["Status"] = chatbot.IsOn ? 1 : 0,
        ["IntervalTime"] = chatbot.IntervalTime,
        ["ConfigList"] = chatbot.ConfigList,
        ["GroupIdList"] = chatbot.GroupIdList,
        ["DingTalkLang"] = chatbot.Language,
        ["GmtCreate"] = chatbot.CreatedAt?.ToUnixTimeMilliseconds(),
        ["GmtModified"] = (chatbot.ChangedAt ?? chatbot.CreatedAt)?.ToUnixTimeMilliseconds(),
        ["AliUid"] = AliUid,
    };
}
