using Notify.Admin.DingTalk;
using Notify.Admin.Rules;

namespace Notify.Admin.SecurityCenter;

/// <summary><c>CreateOrUpdateDingTalk</c>. What is null was not given: a new chatbot gets the default, an existing one keeps its
/// value.</summary>
/// <param name="Id">Null creates.</param>
/// <param name="IntervalMinutes">Default 0: no limit.</param>
/// <param name="Rules">Default none; an empty list clears.</param>
/// <param name="GroupIds">Default none, which is every group; an empty list clears.</param>
/// <param name="Language">Default Chinese.</param>
internal sealed record SaveChatbotCall(
    int? Id,
    string Name,
    SendUrl SendUrl,
    int? IntervalMinutes,
    ConfigList? Rules,
    IReadOnlyList<string>? GroupIds,
    DingTalkLanguage? Language);

/// <summary>A webhook, or the masked address that a reader was shown. The latter keeps the stored webhook, if it is the mask of just that
/// chatbot's; exactly one of the two is set.</summary>
internal sealed record SendUrl(WebhookUrl? Webhook, string? Masked);

/// <summary><c>DescribeDingTalk</c>.</summary>
/// <param name="NameContains">Null for every name.</param>
/// <param name="Page">From 1.</param>
internal sealed record ListChatbotsCall(string? NameContains, int Page, int PageSize)
{
    /// <summary>How many to pass over; may exceed int32.</summary>
    public long Offset => (Page - 1L) * PageSize;
}

/// <summary><c>DeleteDingTalk</c>.</summary>
internal sealed record DeleteChatbotsCall(IReadOnlyList<int> Ids);

/// <summary><c>ModifyDingTalkStatus</c>.</summary>
internal sealed record SwitchChatbotsCall(IReadOnlyList<int> Ids, bool IsOn);

/// <summary><c>DingTalkOnlineTest</c>.</summary>
internal sealed record TestChatbotCall(int Id);

/// <summary><c>DescribeDataSource</c>, <c>DescribeGroupStruct</c> and <c>DescribeAllGroups</c>.</summary>
/// <param name="Language">Default Chinese.</param>
internal sealed record DescribeCall(DingTalkLanguage Language);
