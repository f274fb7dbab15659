namespace Notify.Sandbox.SecurityCenter;

/// <summary>A server, as <c>DescribeCloudCenterInstances</c> tells of it.</summary>
public sealed record SandboxAsset
{
    public string Uuid { get; init; } = "";
    public string Name { get; init; } = "";
    public long GroupId { get; init; }
    public string? InternetIp { get; init; }
    public string? IntranetIp { get; init; }

    /// <summary>Null when it makes sense, else a sentence that names the field and the rule.</summary>
    internal string? FindProblem() => Uuid.Length == 0 ? "uuid: is required." : Name.Length == 0 ? "name: is required." : null;
}
