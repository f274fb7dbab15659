using System.Text.Json;

namespace Notify.Admin.Sources;

/// <summary>The server that an item is about, in the members that all of the vendor's lists have.</summary>
internal sealed record PolledAsset(string? Uuid, string? InstanceId, string? Name, string? InternetIp, string? IntranetIp)
{
    public static PolledAsset Of(JsonElement item)
    {
        var (uuid, instance) = (VendorJson.Line(item, "Uuid", 128), VendorJson.Line(item, "InstanceId", 128));
        var (outer, inner) = (VendorJson.Line(item, "InternetIp", 64), VendorJson.Line(item, "IntranetIp", 64));
        return new PolledAsset(uuid, instance,
            VendorJson.Line(item, "InstanceName", MappingLimits.Asset) ?? instance ?? outer ?? inner ?? uuid, outer, inner);
    }
}
