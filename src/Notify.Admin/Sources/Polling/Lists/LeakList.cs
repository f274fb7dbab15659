using System.Globalization;
using System.Text.Json;

namespace Notify.Admin.Sources;

/// <summary>Leaked AccessKey pairs: <c>DescribeAccesskeyLeakList</c>.</summary>
internal sealed class LeakList : IAlertList
{
    public const string Suffix = "ak-leakage";

    public string Type => Suffix;

    public AlertCall CallAt(PollPosition position, DateTimeOffset from, string language) => new AlertCall("DescribeAccesskeyLeakList",
        new Dictionary<string, string>(VendorJson.Page(position.Page))
        {
            ["Status"] = "pending",
            ["StartTs"] = from.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        });

    public AlertPage Read(JsonElement answer, PollPosition position, DateTimeOffset from)
    {
        var items = VendorJson.List(answer, "AccessKeyLeakList").ToList();
        return new AlertPage(
            [.. items.Where(item => VendorJson.Milliseconds(item, "GmtModified") is not { } found || found >= from).Select(Map)],
            VendorJson.Next(answer, items.Count, position.Page, position.Total) is var (page, total)
                ? position with { Page = page, Total = total } : null);
    }

    private static FoundAlert Map(JsonElement item)
    {
        var id = VendorJson.Id(item, "Id");
        // An id is no secret, but half of one: its beginning tells the owner which it is.
        var key = VendorJson.Line(item, "AccesskeyId", 64) is { } whole ? $"{whole[..Math.Min(8, whole.Length / 2)]}…" : "?";
        var user = VendorJson.Line(item, "AliUserName", MappingLimits.Asset);
        return new FoundAlert(Suffix, string.Create(CultureInfo.InvariantCulture, $"{Suffix}/{id}"),
            user is null ? $"AccessKey {key}" : $"AccessKey {key} ({user})")
        {
            Time = VendorJson.Milliseconds(item, "GmtModified"),
            Text = VendorJson.Line(item, "Url", MappingLimits.Link),
            Asset = user,
            Link = VendorConsole.Home,
            Labels = AlertKeys.Labels(("leakId", $"{id}"), ("userType", VendorJson.Line(item, "UserType", 32)),
                ("foundAt", FieldText.Link(VendorJson.Line(item, "Url", MappingLimits.Link) ?? ""))),
        };
    }
}
