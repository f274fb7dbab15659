using System.Globalization;
using System.Text.Json;

namespace Notify.Admin.Sources;

/// <summary>Which asset group a server is in: <c>DescribeCloudCenterInstances</c>, for lists that do not say it. Chatbots may be for some
/// groups only.</summary>
internal static class AssetLookup
{
    /// <summary>So many servers are asked for at once.</summary>
    public const int Most = 20;

    public static AlertCall CallOf(IEnumerable<string> instances) => new AlertCall("DescribeCloudCenterInstances",
        new Dictionary<string, string>
        {
            ["Criteria"] = JsonSerializer.Serialize(instances.Select(id => new { name = "instanceId", value = id })),
            ["LogicalExp"] = "OR",
            ["CurrentPage"] = "1",
            ["PageSize"] = "100",
        });

    /// <returns>The groups by instance.</returns>
    public static IReadOnlyDictionary<string, string> Read(JsonElement answer)
    {
        Dictionary<string, string> groups = [];
        foreach (var item in VendorJson.List(answer, "Instances"))
        {
            if (VendorJson.Line(item, "InstanceId", 128) is { } instance && VendorJson.Number(item, "GroupId") is { } group and > 0)
            {
                groups[instance] = group.ToString(CultureInfo.InvariantCulture);
            }
        }

        return groups;
    }
}
