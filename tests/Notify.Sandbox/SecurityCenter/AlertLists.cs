using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Notify.Sandbox.SecurityCenter;

/// <summary>The vendor's lists of what is wrong. Names and types of members are those of its published SDKs
/// (<c>alibabacloud-csharp-sdk</c>, <c>sas-20181203</c>); where they stand among the others is not theirs.</summary>
internal static class AlertLists
{
    // The pages do not say in which zone texts are. The vendor's consoles are in this one.
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    public static Answer Alerts(SecurityCenterState state, IReadOnlyDictionary<string, string> parameters, Paging paging)
    {
        if (!TryReadTime(parameters.GetValueOrDefault("TimeStart"), out var from))
        {
            return SecurityCenterAnswers.Invalid("TimeStart");
        }

        var found = state.Alerts.All
            .Where(alert => LastOf(alert) >= from && parameters.GetValueOrDefault("Dealed") switch
            {
                "N" => alert.Status is 1 or 16 or 512,
                "Y" => alert.Status is not (1 or 16 or 512),
                _ => true,
            })
            .OrderByDescending(LastOf).ThenByDescending(alert => alert.Id).ToList();
        return List("SuspEvents", found, paging, alert => With(state, alert.Uuid, new JsonObject
        {
            ["Id"] = alert.Id,
            ["AlarmUniqueInfo"] = $"unique-{alert.Id}",
            ["AlarmEventName"] = alert.Name,
            ["AlarmEventNameDisplay"] = alert.Name,
            ["AlarmEventType"] = alert.Type,
            ["AlarmEventTypeDisplay"] = alert.Type,
            ["Name"] = alert.Name,
            ["Desc"] = alert.Description,
            ["Level"] = alert.Level,
            ["EventStatus"] = alert.Status,
            ["OccurrenceTime"] = Text(FirstOf(alert)),
            ["OccurrenceTimeStamp"] = FirstOf(alert).ToUnixTimeMilliseconds(),
            ["LastTime"] = Text(LastOf(alert)),
            ["LastTimeStamp"] = LastOf(alert).ToUnixTimeMilliseconds(),
        }));
    }

    public static Answer Vulnerabilities(SecurityCenterState state, IReadOnlyDictionary<string, string> parameters, Paging paging)
    {
        if (!parameters.TryGetValue("Type", out var type))
        {
            return SecurityCenterAnswers.Error(400, "MissingType", "Type is mandatory for this action.");
        }

        var found = state.Vulnerabilities.All
            .Where(one => (one.Type == type || one.Type == parameters.GetValueOrDefault("AttachTypes"))
                && (!parameters.TryGetValue("Dealed", out var dealed) || one.IsFixed == (dealed == "y")))
            .ToList();
        return List("VulRecords", found, paging, one =>
        {
            var record = With(state, one.Uuid, new JsonObject
            {
                ["PrimaryId"] = one.Id,
                ["AliasName"] = one.Name,
                ["Name"] = $"{one.Type}:{one.Id}",
                ["Type"] = one.Type,
                ["Necessity"] = one.Necessity,
                ["Related"] = one.Related,
                ["Status"] = one.IsFixed ? 7 : 1,
                ["FirstTs"] = (one.FirstAt ?? state.Now).ToUnixTimeMilliseconds(),
                ["LastTs"] = state.Now.ToUnixTimeMilliseconds(),
            });
            record["GroupId"] = state.Assets.Find(one.Uuid)?.GroupId;
            return record;
        });
    }

    public static Answer Baselines(SecurityCenterState state, Paging paging) =>
        List("WarningSummarys", [.. state.Baselines.All], paging, one => new JsonObject
        {
            ["RiskId"] = one.Id,
            ["RiskName"] = one.Name,
            ["Level"] = one.Level,
            ["TypeAlias"] = one.Category,
            ["SubTypeAlias"] = one.Name,
            ["CheckCount"] = 16,
            ["HighWarningCount"] = one.Level == "high" ? one.Uuids.Count : 0,
            ["MediumWarningCount"] = one.Level == "medium" ? one.Uuids.Count : 0,
            ["LowWarningCount"] = one.Level == "low" ? one.Uuids.Count : 0,
            ["WarningMachineCount"] = one.Uuids.Count,
            ["LastFoundTime"] = Text(one.FoundAt ?? state.Now),
        });

    public static Answer Machines(SecurityCenterState state, IReadOnlyDictionary<string, string> parameters, Paging paging)
    {
        var risk = state.Baselines.All.FirstOrDefault(one =>
            one.Id.ToString(CultureInfo.InvariantCulture) == parameters.GetValueOrDefault("RiskId"));
        return List("WarningMachines", risk?.Uuids.ToList() ?? [], paging, uuid => With(state, uuid, new JsonObject
        {
            ["Status"] = 1,
            ["HighWarningCount"] = risk!.Level == "high" ? 1 : 0,
            ["MediumWarningCount"] = risk.Level == "medium" ? 1 : 0,
            ["LowWarningCount"] = risk.Level == "low" ? 1 : 0,
            ["PassCount"] = 15,
        }));
    }

    public static Answer Leaks(SecurityCenterState state, IReadOnlyDictionary<string, string> parameters, Paging paging)
    {
        var from = long.TryParse(parameters.GetValueOrDefault("StartTs"), NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? start : 0;
        var found = state.Leaks.All
            .Where(one => (one.FoundAt ?? state.Now).ToUnixTimeMilliseconds() >= from
                && (!parameters.TryGetValue("Status", out var status) || one.IsHandled == (status == "dealed")))
            .OrderByDescending(one => one.FoundAt).ToList();
        return List("AccessKeyLeakList", found, paging, one => new JsonObject
        {
            ["Id"] = one.Id,
            ["AccesskeyId"] = one.AccessKeyId,
            ["AliUserName"] = one.User,
            ["UserType"] = "ram",
            ["Asset"] = "Cloud platform",
            ["Type"] = "AccessKey",
            ["Url"] = one.Url,
            ["Status"] = one.IsHandled ? "dealed" : "pending",
            ["DealType"] = one.IsHandled ? "manual" : "pending",
            ["GmtModified"] = (one.FoundAt ?? state.Now).ToUnixTimeMilliseconds(),
        });
    }

    public static Answer Assets(SecurityCenterState state, IReadOnlyDictionary<string, string> parameters, Paging paging)
    {
        HashSet<string>? asked = null;
        if (parameters.GetValueOrDefault("Criteria") is { Length: > 0 } criteria)
        {
            try
            {
                asked = [.. JsonNode.Parse(criteria)!.AsArray().Where(one => one!["name"]!.GetValue<string>() == "instanceId")
                    .Select(one => one!["value"]!.GetValue<string>())];
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException)
            {
                return SecurityCenterAnswers.Invalid("Criteria");
            }
        }

        var found = state.Assets.All.Where(asset => asked is null || asked.Contains(InstanceOf(asset))).ToList();
        var (page, total) = (paging.Of(found), found.Count);
        return SecurityCenterAnswers.Ok(new JsonObject
        {
            ["Instances"] = new JsonArray([.. page.Select(asset =>
            {
                var instance = With(state, asset.Uuid, []);
                instance["GroupId"] = asset.GroupId;
                return (JsonNode)instance;
            })]),
            ["PageInfo"] = new JsonObject
            {
                ["Count"] = page.Count, ["CurrentPage"] = paging.Page, ["PageSize"] = paging.Size, ["TotalCount"] = total,
            },
        });
    }

    public static Answer Groups() => SecurityCenterAnswers.Ok(new JsonObject
    {
        ["Count"] = SecurityCenterSeeds.Groups.Count,
        ["Groups"] = new JsonArray([.. SecurityCenterSeeds.Groups.Select(group =>
            (JsonNode)new JsonObject { ["GroupId"] = group.Key, ["GroupName"] = group.Value, ["GroupFlag"] = 1 })]),
    });

    private static Answer List<T>(string name, IReadOnlyList<T> all, Paging paging, Func<T, JsonObject> describe)
    {
        var page = paging.Of(all);
        return SecurityCenterAnswers.Ok(new JsonObject
        {
            [name] = new JsonArray([.. page.Select(item => (JsonNode)describe(item))]),
            ["Count"] = page.Count,
            ["CurrentPage"] = paging.Page,
            ["PageSize"] = paging.Size,
            ["TotalCount"] = all.Count,
        });
    }

    private static JsonObject With(SecurityCenterState state, string uuid, JsonObject item)
    {
        var asset = state.Assets.Find(uuid);
        item["Uuid"] = uuid;
        item["InstanceId"] = asset is null ? null : InstanceOf(asset);
        item["InstanceName"] = asset?.Name;
        item["InternetIp"] = asset?.InternetIp;
        item["IntranetIp"] = asset?.IntranetIp;
        return item;
    }

    private static string InstanceOf(SandboxAsset asset) => $"i-{asset.Name}";

    private static DateTimeOffset FirstOf(SandboxAlert alert) => alert.FirstAt ?? DateTimeOffset.UnixEpoch;

    private static DateTimeOffset LastOf(SandboxAlert alert) => alert.LastAt ?? FirstOf(alert);

    private static string Text(DateTimeOffset time) => time.ToOffset(Zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static bool TryReadTime(string? text, out DateTimeOffset time)
    {
        time = default;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var isTime = DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
        time = isTime ? new DateTimeOffset(local, Zone) : default;
        return isTime;
    }
}
