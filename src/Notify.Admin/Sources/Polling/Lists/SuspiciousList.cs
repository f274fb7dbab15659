using System.Globalization;
using System.Text.Json;
using Notify.Admin.Rules;

namespace Notify.Admin.Sources;

/// <summary>Alerts: <c>DescribeSuspEvents</c>.</summary>
/// <remarks>All of them, handled or not: what the vendor blocks by itself is handled from the start. An alert that goes on has its
/// <c>Id</c> and comes once.</remarks>
internal sealed class SuspiciousList : IAlertList
{
    public const string Suffix = "suspicious";

    // Ignored, marked as a false positive, expired, deleted: somebody has said that it is none.
    private static readonly long[] Dismissed = [2, 8, 64, 128];

    public string Type => Suffix;

    public AlertCall CallAt(PollPosition position, DateTimeOffset from, string language) => new AlertCall("DescribeSuspEvents",
        new Dictionary<string, string>(VendorJson.Page(position.Page))
        {
            ["From"] = "sas",
            ["Lang"] = language,
            // Of the time when it was last seen, in a zone that the pages do not name. In UTC it is never too late where the zone is east
            // of it, as the vendor's is: too many are listed then, and known.
            ["TimeStart"] = from.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        });

    public AlertPage Read(JsonElement answer, PollPosition position, DateTimeOffset from)
    {
        var items = VendorJson.List(answer, "SuspEvents").ToList();
        return new AlertPage(
            [.. items.Where(item => !Dismissed.Contains(VendorJson.Number(item, "EventStatus") ?? 1) && IsNews(item, from)).Select(Map)],
            VendorJson.Next(answer, items.Count, position.Page, position.Total) is var (page, total)
                ? position with { Page = page, Total = total } : null);
    }

    private static bool IsNews(JsonElement item, DateTimeOffset from) =>
        VendorJson.Milliseconds(item, "LastTimeStamp") is not { } last || last >= from;

    private static FoundAlert Map(JsonElement item)
    {
        var id = VendorJson.Id(item, "Id");
        var asset = PolledAsset.Of(item);
        return new FoundAlert(Suffix, string.Create(CultureInfo.InvariantCulture, $"{Suffix}/{id}"),
            VendorJson.Line(item, "AlarmEventNameDisplay", "Name", "AlarmEventName") ?? Suffix)
        {
            Time = VendorJson.Milliseconds(item, "OccurrenceTimeStamp") ?? VendorJson.Milliseconds(item, "LastTimeStamp"),
            Text = VendorJson.Line(item, "Desc", MappingLimits.Text),
            Asset = asset.Name,
            InstanceId = asset.InstanceId,
            Link = VendorConsole.Of(asset.Uuid, asset.IntranetIp),
            Keys = AlertKeys.Of(Suffix, (Vocabulary.ItemLevel, VendorJson.Line(item, "Level", 32)),
                (Vocabulary.EventType, CategoryOf(item))),
            Labels = AlertKeys.Labels(("alertId", $"{id}"), ("name", VendorJson.Line(item, "Name")), ("uuid", asset.Uuid),
                ("ip", asset.InternetIp ?? asset.IntranetIp), ("tactic", VendorJson.Line(item, "Stages"))),
        };
    }

    // The one that rules know, whichever it is: the display follows the language, the other does not.
    private static string? CategoryOf(JsonElement item)
    {
        var key = Vocabulary.Find(Suffix)!.FindKey(Vocabulary.EventType)!;
        var (shown, own) = (VendorJson.Line(item, "AlarmEventTypeDisplay", 256), VendorJson.Line(item, "AlarmEventType", 256));
        return shown is not null && key.Find(shown) is not null ? shown : own is not null && key.Find(own) is not null ? own : shown ?? own;
    }
}
