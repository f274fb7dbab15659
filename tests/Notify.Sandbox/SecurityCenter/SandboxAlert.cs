namespace Notify.Sandbox.SecurityCenter;

/// <summary>A suspicious event, as <c>DescribeSuspEvents</c> tells of it.</summary>
public sealed record SandboxAlert
{
    public required long Id { get; init; }
    public required string Name { get; init; }

    /// <summary><c>serious</c>, <c>suspicious</c> or <c>remind</c>.</summary>
    public string Level { get; init; } = "serious";

    /// <summary>The alert's category, as ConfigList's <c>event_type</c> says it.</summary>
    public string Type { get; init; } = "Webshell";

    /// <summary>What stands in <c>Desc</c>.</summary>
    public string? Description { get; init; }

    /// <summary>The asset, one of the sandbox's or not.</summary>
    public string Uuid { get; init; } = "";

    /// <summary>1 pending, 2 ignored, 4 confirmed, 8 false positive, 16 handling, 32 handled, 64 expired, 512 and 513 blocked.</summary>
    public int Status { get; init; } = 1;

    /// <summary>When it was first seen; null is when it was put here.</summary>
    public DateTimeOffset? FirstAt { get; init; }

    /// <summary>When it was last seen; null is when it was first.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>Null when it makes sense, else a sentence that names the field and the rule.</summary>
    internal string? FindProblem() => Id < 1 ? $"id: {Id} is below 1." : Name.Length == 0 ? "name: is required." : null;
}
