using Notify.Admin.Channels;
using Notify.Admin.Shared;

namespace Notify.Admin.ChannelPages;

/// <summary>A list of channels as CSV: what every kind has around what is a kind's own.</summary>
internal static class ChannelCsv
{
    /// <param name="own">The names of the kind's own columns.</param>
    public static IReadOnlyList<string> Columns(params IEnumerable<string> own) =>
    [
        "id", "name", "on", .. own, "health", "code", "failingSince", "waiting", "lastSuccess", "lastTest", "lastTestAccepted",
    ];

    /// <param name="own">What is in the kind's own columns.</param>
    public static IEnumerable<string?> Row(IChannelListItem item, params IEnumerable<string?> own) =>
    [
        CsvDownload.Cell(item.Id),
        item.Name,
        CsvDownload.Cell(item.IsOn),
        .. own,
        NameOf(item.Health?.Status ?? ChannelStatus.Ok),
        item.Health is { Status: not ChannelStatus.Ok } wrong ? wrong.LastCode : null,
        CsvDownload.Cell(item.Health?.FailingSince),
        CsvDownload.Cell(item.Health?.Waiting ?? 0),
        CsvDownload.Cell(item.Health?.LastSuccessAt),
        CsvDownload.Cell(item.Health?.LastTestAt),
        CsvDownload.Cell(item.Health?.LastTestAccepted),
    ];

    private static string NameOf(ChannelStatus status) => status switch
    {
        ChannelStatus.Ok => "ok",
        ChannelStatus.Failing => "failing",
        ChannelStatus.NeedsAttention => "needs attention",
    };
}
