using Notify.Admin.ChannelPages;
using Notify.Admin.LivePages;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.DingTalk;

/// <summary>The list of chatbots as a file, narrowed and sorted as the page is.</summary>
internal static class ChatbotExportEndpoint
{
    public const string Path = "dingtalk/chatbots/export";

    private static readonly IReadOnlyList<string> Columns =
        ChannelCsv.Columns("webhookHost", "token", "subscribedTo", "assetGroups", "changed", "changedBy");

    public static void MapChatbotExport(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"/{Path}", Export).RequireAuthorization(Policies.View).ExcludeFromDescription();

    private static CsvDownload Export(HttpContext http, ChatbotStatusService chatbots)
    {
        var items = chatbots.ExportAsync(
            ListAddress.Read<ChannelListQuery>(http.Request), Actor.From(http.User), http.RequestAborted);
        return new CsvDownload("dingtalk-chatbots", Columns, items.Select(RowOf));
    }

    private static IEnumerable<string?> RowOf(ChatbotListItem item) => ChannelCsv.Row(item, item.Chatbot.Host,
        $"…{item.Chatbot.TokenLastFour}", item.Hears, string.Join(", ", item.GroupNames), CsvDownload.Cell(item.Chatbot.ChangedAt),
        item.Chatbot.ChangedBy);
}
