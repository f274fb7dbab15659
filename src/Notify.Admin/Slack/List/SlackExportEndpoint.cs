using Microsoft.Extensions.Localization;
using Notify.Admin.ChannelPages;
using Notify.Admin.LivePages;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Slack;

/// <summary>The list of integrations as a file, narrowed and sorted as the page is.</summary>
internal static class SlackExportEndpoint
{
    public const string Path = "slack/integrations/export";

    private static readonly IReadOnlyList<string> Columns =
        ChannelCsv.Columns("channel", "channelId", "workspace", "token", "subscribedTo", "changed", "changedBy");

    public static void MapSlackExport(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"/{Path}", Export).RequireAuthorization(Policies.View).ExcludeFromDescription();

    private static CsvDownload Export(HttpContext http, SlackIntegrationService integrations, IStringLocalizer<SlackText> texts)
    {
        var items = integrations.ExportAsync(
            ListAddress.Read<ChannelListQuery>(http.Request), Actor.From(http.User), http.RequestAborted);
        return new CsvDownload("slack-integrations", Columns, items.Select(item => RowOf(item, texts)));
    }

    private static IEnumerable<string?> RowOf(SlackIntegrationListItem item, IStringLocalizer<SlackText> texts)
    {
        var (stored, values) = (item.Integration, item.Integration.Values);
        return ChannelCsv.Row(item, values.ChannelName, values.ChannelId, item.Workspace?.Name,
            stored.TokenLastFour is { } last ? $"…{last}" : null, SlackHearsText.Short(values.ToSwitches(), texts),
            CsvDownload.Cell(stored.ChangedAt), stored.ChangedBy);
    }
}
