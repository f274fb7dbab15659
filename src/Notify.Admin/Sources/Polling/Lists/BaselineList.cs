using System.Globalization;
using System.Text.Json;
using Notify.Admin.Rules;

namespace Notify.Admin.Sources;

/// <summary>Baseline risks: <c>DescribeCheckWarningSummary</c>, and for each risk that was found of late the servers that have it,
/// <c>DescribeWarningMachines</c>. (<c>DescribeCheckWarnings</c> tells the single checks of one server and one risk.)</summary>
/// <remarks>The vendor says when a risk was last looked for, not since when a server has it: a server's risk is news once, for as long as
/// its event is kept.</remarks>
internal sealed class BaselineList : IAlertList
{
    public const string Suffix = "hc";

    // Of failed checks, the gravest first.
    private static readonly string[] Counts = ["HighWarningCount", "MediumWarningCount", "LowWarningCount"];

    public string Type => Suffix;

    public AlertCall CallAt(PollPosition position, DateTimeOffset from, string language) => position.Risks is [var risk, ..]
        ? new AlertCall("DescribeWarningMachines", new Dictionary<string, string>(VendorJson.Page(position.RiskPage))
        {
            ["RiskId"] = risk.Id.ToString(CultureInfo.InvariantCulture), ["HaveRisk"] = "1", ["Lang"] = language,
        })
        // RiskStatus 1: not passed.
        : new AlertCall("DescribeCheckWarningSummary", new Dictionary<string, string>(VendorJson.Page(position.Page))
        {
            ["RiskStatus"] = "1", ["Lang"] = language,
        });

    public AlertPage Read(JsonElement answer, PollPosition position, DateTimeOffset from) =>
        position.Risks.Count > 0 ? ReadServers(answer, position) : ReadRisks(answer, position, from);

    private static AlertPage ReadRisks(JsonElement answer, PollPosition position, DateTimeOffset from)
    {
        var items = VendorJson.List(answer, "WarningSummarys").ToList();
        List<PendingRisk> risks =
        [
            .. items.Where(item => VendorJson.Number(item, "WarningMachineCount") is not 0 && IsNews(item, from))
                .Select(item => new PendingRisk(VendorJson.Id(item, "RiskId"), VendorJson.Line(item, "RiskName", "SubTypeAlias") ?? Suffix,
                    VendorJson.Line(item, "Level", 32), VendorJson.Line(item, "TypeAlias", 128))),
        ];
        var next = VendorJson.Next(answer, items.Count, position.Page, position.Total);
        return new AlertPage([], risks.Count > 0
            // A page of 0 says that none follows when these are read.
            ? position with { Risks = risks, RiskPage = 1, Page = next?.Page ?? 0, Total = next?.Total ?? 0 }
            : next is var (page, total) ? position with { Page = page, Total = total } : null);
    }

    private static AlertPage ReadServers(JsonElement answer, PollPosition position)
    {
        var risk = position.Risks[0];
        var items = VendorJson.List(answer, "WarningMachines").ToList();
        var alerts = items.Select(item => Map(item, risk)).OfType<FoundAlert>().ToList();
        if (VendorJson.Next(answer, items.Count, position.RiskPage, 0) is var (page, _))
        {
            return new AlertPage(alerts, position with { RiskPage = page });
        }

        var rest = position with { Risks = [.. position.Risks.Skip(1)], RiskPage = 1 };
        return new AlertPage(alerts, rest.Risks.Count == 0 && rest.Page == 0 ? null : rest);
    }

    // Its zone is not said. In UTC it is never too early where the zone is east of it, as the vendor's is: too many are looked at then.
    private static bool IsNews(JsonElement item, DateTimeOffset from) =>
        FieldText.Time(VendorJson.Line(item, "LastFoundTime", 64) ?? "", out _) is not { } found || found >= from;

    private static FoundAlert? Map(JsonElement item, PendingRisk risk)
    {
        var asset = PolledAsset.Of(item);
        var counts = Counts.Select(name => VendorJson.Number(item, name) ?? 0).ToArray();
        if (asset.Uuid is null || counts.Sum() == 0)
        {
            return null;
        }

        return new FoundAlert(Suffix, string.Create(CultureInfo.InvariantCulture, $"{Suffix}/{risk.Id}/{asset.Uuid}"), risk.Name)
        {
            Asset = asset.Name,
            InstanceId = asset.InstanceId,
            Link = VendorConsole.Of(asset.Uuid, asset.IntranetIp),
            Keys = AlertKeys.Of(Suffix, (Vocabulary.ItemLevel, risk.Level)),
            Labels = AlertKeys.Labels(("riskId", $"{risk.Id}"), ("category", risk.Category), ("uuid", asset.Uuid),
                ("ip", asset.InternetIp ?? asset.IntranetIp), ("high", $"{counts[0]}"), ("medium", $"{counts[1]}"),
                ("low", $"{counts[2]}")),
        };
    }
}
