using System.Globalization;
using System.Text.Json;

namespace Notify.Admin.VendorAccounts;

/// <summary>The chatbots of an account, as its operations tell of them and change them.</summary>
internal sealed class VendorChatbots(VendorAccountCalls calls)
{
    private const int PageSize = 100;
    private const int MostPages = 50;

    /// <summary>All of them.</summary>
    /// <returns>The answer that kept them from being read, or the last one.</returns>
    public async Task<(VendorAnswer Answer, IReadOnlyList<VendorChatbot> Chatbots)> ListAsync(int account,
        CancellationToken cancellationToken)
    {
        var found = new Dictionary<int, VendorChatbot>();
        var read = 0;
        for (var page = 1; ; page++)
        {
            var answer = await calls.CallAsync(account, "DescribeDingTalk", new Dictionary<string, string>
            {
                ["CurrentPage"] = page.ToString(CultureInfo.InvariantCulture),
                ["PageSize"] = PageSize.ToString(CultureInfo.InvariantCulture),
            }, cancellationToken);
            if (!answer.IsAccepted)
            {
                return (answer, []);
            }

            if (!answer.Body.TryGetProperty("ActionList", out var list) || list.ValueKind != JsonValueKind.Array)
            {
                return (new VendorAnswer(VendorCodes.Unreadable) { RequestId = answer.RequestId }, []);
            }

            foreach (var chatbot in list.EnumerateArray().Select(VendorChatbot.Read).OfType<VendorChatbot>())
            {
                found[chatbot.Id] = chatbot;
            }

            read += list.GetArrayLength();
            if (list.GetArrayLength() == 0 || (TotalOf(answer.Body) is { } total ? read >= total : list.GetArrayLength() < PageSize))
            {
                return (answer, [.. found.Values]);
            }

            if (page == MostPages)
            {
                return (new VendorAnswer(VendorCodes.Unreadable) { RequestId = answer.RequestId }, []);
            }
        }
    }

    // A page may be shorter than was asked for: whoever stops there would create anew what stands on the next one.
    private static int? TotalOf(JsonElement answer) =>
        answer.TryGetProperty("PageInfo", out var page) && page.ValueKind == JsonValueKind.Object
        && page.TryGetProperty("TotalCount", out var count) && count.ValueKind == JsonValueKind.Number && count.TryGetInt32(out var total)
            ? total : null;

    /// <param name="id">Null creates one.</param>
    /// <param name="webhook">Whole: a secret.</param>
    public Task<VendorAnswer> SaveAsync(int account, int? id, VendorChatbot wanted, string webhook, CancellationToken cancellationToken)
    {
        // All seven, always: what is left out may mean everything or nothing.
        Dictionary<string, string> parameters = new()
        {
            ["RuleActionName"] = wanted.Name,
            ["SendUrl"] = webhook,
            ["IntervalTime"] = wanted.IntervalMinutes.ToString(CultureInfo.InvariantCulture),
            ["ConfigList"] = wanted.ConfigList,
            ["GroupIdList"] = DingTalk.GroupIds.Write(wanted.GroupIds),
            ["DingTalkLang"] = wanted.Language,
        };
        if (id is { } known)
        {
            parameters["Id"] = known.ToString(CultureInfo.InvariantCulture);
        }

        return calls.CallAsync(account, "CreateOrUpdateDingTalk", parameters, cancellationToken);
    }

    public Task<VendorAnswer> SwitchAsync(int account, int id, bool isOn, CancellationToken cancellationToken) =>
        calls.CallAsync(account, "ModifyDingTalkStatus", new Dictionary<string, string>
        {
            ["Ids"] = id.ToString(CultureInfo.InvariantCulture),
            ["Status"] = isOn ? "1" : "0",
        }, cancellationToken);

    public Task<VendorAnswer> DeleteAsync(int account, int id, CancellationToken cancellationToken) =>
        calls.CallAsync(account, "DeleteDingTalk",
            new Dictionary<string, string> { ["Ids"] = id.ToString(CultureInfo.InvariantCulture) }, cancellationToken);
}
