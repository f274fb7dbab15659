namespace Notify.Sandbox.SecurityCenter;

/// <summary>A leaked AccessKey pair, as <c>DescribeAccesskeyLeakList</c> tells of it.</summary>
public sealed record SandboxLeak
{
    public required long Id { get; init; }

    /// <summary>The id of the key that leaked.</summary>
    public string AccessKeyId { get; init; } = "";
    public string User { get; init; } = "";

    /// <summary>Where it was found.</summary>
    public string Url { get; init; } = "";
    public bool IsHandled { get; init; }

    /// <summary>Null is when it was put here.</summary>
    public DateTimeOffset? FoundAt { get; init; }

    /// <summary>Null when it makes sense, else a sentence that names the field and the rule.</summary>
    internal string? FindProblem() => Id < 1 ? $"id: {Id} is below 1." : AccessKeyId.Length == 0 ? "accessKeyId: is required." : null;
}
